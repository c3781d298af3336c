"""What operators see of WeChat, the code at the desk, and the commands."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from care.elders.model import Elder
from care.settings import Settings
from care.wechat import outbox, users
from care.wechat.reach import reach
from hotline.wechat_cli import wechat_app
from tests.wechat.test_outbox import take_over
from tests.wechat.world import ELDER, World


def test_operators_see_how_far_somebody_can_be_reached(wechat: World) -> None:
    wechat.say("你好")
    number = take_over(wechat)
    with wechat.sessions.begin() as session:
        found = reach(session, number, wechat.clock())
        assert found is not None
        assert (found.follows, found.left.count, found.undelivered) == (True, 5, ())
        assert found.left.until == wechat.clock() + timedelta(hours=48)
        users.left(session, ELDER, wechat.clock())
        outbox.put(session, outbox.Words("k", ELDER, "一。"), wechat.clock())
    wechat.until_outbox("failed", 1)
    with wechat.sessions() as session:
        found = reach(session, number, wechat.clock())
        assert found is not None
        assert (found.follows, found.left.count) == (False, 0)
        assert [row.error for row in found.undelivered] == ["unfollowed"]
        assert reach(session, number + 1, wechat.clock()) is None


def press(made: World, key: str) -> None:
    made.do(lambda delivery: delivery.click("o-clicks", key))


def run(made: World, *arguments: str, settings: Settings | None = None) -> tuple[int, str]:
    out = Console(width=200, record=True)
    app = wechat_app(lambda: settings or made.settings, lambda: made.sessions, out, made.clock)
    code = CliRunner().invoke(app, list(arguments)).exit_code
    return code, out.export_text()


def test_the_menu_is_put_below_every_conversation(wechat: World) -> None:
    code, said = run(wechat, "menu")
    assert (code, "放上去了" in said) == (0, True)
    assert wechat.account.menu is not None
    first, emergency, person = wechat.account.menu["button"]
    names = [each["name"] for each in first["sub_button"]]
    assert names == ["订餐", "约服务", "查补贴", "大字网页"]
    assert first["sub_button"][3]["url"].endswith("/wechat/page")
    assert emergency["name"] == "紧急求助"
    assert [each["type"] for each in emergency["sub_button"]] == ["click", "location_select"]
    assert (person["name"], person["type"]) == ("人工", "click")
    for button in [*first["sub_button"], *emergency["sub_button"], person]:
        assert len(button.get("key", "").encode()) <= 128
        if button["type"] == "click":
            press(wechat, button["key"])
    assert not any(told.startswith("您好，这里是") for told in wechat.answers("o-clicks"))


@pytest.mark.parametrize(("code", "why"), [(48001, "48001"), (40125, "40125")])
def test_a_menu_that_is_refused_is_said_so(wechat: World, code: int, why: str) -> None:
    wechat.account.failing.append(code)
    ended, said = run(wechat, "menu")
    assert (ended, len(wechat.account.failing)) == (1, 0)
    assert why in said


def test_without_an_account_the_commands_say_what_is_missing(wechat: World) -> None:
    code, said = run(wechat, "menu", settings=Settings(database_url="sqlite://"))
    assert code == 1
    assert "[wechat]" in said


def test_a_code_goes_to_the_elders_own_number(wechat: World, tmp_path: Path) -> None:
    from fastapi import FastAPI

    from tests.serving import serving

    sent: list[dict[str, str]] = []
    gateway = FastAPI()

    @gateway.post("/sms")
    def sms(body: dict[str, str]) -> dict[str, str]:
        sent.append(body)
        return {"code": "0"}

    with wechat.sessions.begin() as session:
        session.add(Elder(name="王桂兰", phone="13800000001"))
    with serving(gateway) as address:
        channel = {
            "kind": "sms",
            "url": f"{address}/sms",
            "fields": {"to": "{number}", "t": "{text}"},
        }
        settings = Settings(
            database_url="sqlite://",
            wechat=wechat.settings.wechat,
            notices={"channels": {"sms": channel}},
        )
        assert run(wechat, "code", "13800000001", "--channel", "sms", settings=settings)[0] == 0
        assert run(wechat, "code", "13800000002", "--channel", "sms", settings=settings)[0] == 1
        assert run(wechat, "code", "13800000001", "--channel", "no", settings=settings)[0] == 1
    [message] = sent
    assert message["to"] == "13800000001"
    found = re.search(r"\d{6}", message["t"])
    assert found
    wechat.say(found[0])
    assert "绑好了" in wechat.answers()[0]
