"""`hotline webhooks`: add one, see what it was told, turn it off and on."""

from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from care.settings import Settings
from care.storage.engine import Sessions
from care.webhooks.model import Webhook
from hotline.webhooks_cli import webhooks_app
from tests.care.webhooks.receiver import House, Receiver


@pytest.fixture
def house(embedded: Sessions) -> House:
    return House(embedded)


def ran(house: House, *words: str) -> tuple[int, str]:
    """Exit code, and what was printed."""
    shown = StringIO()
    settings = Settings.model_validate({"webhooks": {"networks": ["127.0.0.0/8"]}})
    app = webhooks_app(
        lambda: settings, lambda: house.sessions, Console(file=shown, width=200), house.clock
    )
    return CliRunner().invoke(app, words).exit_code, shown.getvalue()


def test_a_webhook_from_the_beginning_to_the_end(house: House) -> None:
    with Receiver().listening() as receiver:
        code, shown = ran(house, "add", "区平台", receiver.url, "--event", "order.*")
        receiver.secret = shown.splitlines()[0]
        assert (code, receiver.secret[:6]) == (0, "whsec_")
        ran(house, "test", "区平台")
        house.place()
        assert "在推" in ran(house, "list")[1]
        receiver.answers = [204, 500]
        sender = house.sender()
        assert [sender.one("a"), sender.one("a"), sender.one("a")] == [True, True, False]
        shown = ran(house, "deliveries", "区平台")[1]
        assert "http 500" in shown
        assert "webhook.test" in shown
        assert ran(house, "resend", "2") == (0, "第 2 条马上再推一次。\n")
        assert sender.one("a")
    assert [each["type"] for each in receiver.taken] == ["webhook.test", "order.placed"]
    assert "停了" in ran(house, "off", "区平台")[1]
    assert "停了（by_hand）" in ran(house, "list")[1]
    assert "启用了" in ran(house, "on", "区平台")[1]
    assert receiver.secret not in "".join(ran(house, each)[1] for each in ("list",))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "a", "http://example.cn/", "--event", "order.*"), "地址要以 https 开头"),
        (("add", "a", "https://10.0.0.1/", "--event", "order.*"), "在内网或者本机"),
        (("add", "a", "https://example.cn/"), "至少要选一种事件"),
        (("add", "a", "https://example.cn/", "--event", "money.*"), "没有“money.*”这种事件"),
        (("off", "b"), "没有叫“b”的推送"),
        (("resend", "9"), "没有这一条"),
    ],
)
def test_what_cant_be_done_is_said_in_a_sentence(
    house: House, words: tuple[str, ...], sentence: str
) -> None:
    code, shown = ran(house, *words)
    assert code != 0
    assert sentence in shown
    with house.sessions() as session:
        assert session.query(Webhook).count() == 0
