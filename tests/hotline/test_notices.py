"""`hotline notices test`, against a server that answers as the services do; and the telephone."""

from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import func, select
from typer.testing import CliRunner

from care.notices.channels import make_channels
from care.notices.dispatch import Dispatch
from care.notices.model import NoticeDelivery
from care.notices.port import Audience, Notice
from care.notices.settings import NoticeSettings
from care.storage.engine import Sessions
from hotline.notices import notices_app
from hotline.notifier import OurTelephone, build_notifier
from tests.care.notices.outside import Outside, outside
from tests.conftest import NOW
from voice.call.machine import Other
from voice.call.placed import Placed, Stage
from voice.call.setting import Purpose
from voice.line.leg import Failed


def _settings(world: Outside) -> NoticeSettings:
    group = {"kind": "wecom", "token": "abcdef0123", "url": world.url}
    sms = {"kind": "sms", "url": world.url, "fields": {"to": "{number}", "t": "{text}"}}
    return NoticeSettings.model_validate(
        {
            "channels": {"group": group, "sms": sms, "call": {"kind": "call"}},
            "recipients": [
                {"name": "值班室", "audience": "duty", "routes": ["group", "sms:13800138000"]},
                {"name": "班长", "audience": "supervisor", "routes": ["call:13900139000"]},
            ],
        }
    )


def _run(settings: NoticeSettings, sessions: Sessions) -> tuple[int, str]:
    out = Console(width=120, record=True)
    app = notices_app(lambda: settings, lambda: sessions, out, lambda: NOW)
    code = CliRunner().invoke(app, ["test"]).exit_code
    return code, out.export_text()


def test_every_route_is_tried_and_what_came_of_it_is_said(embedded: Sessions) -> None:
    with outside() as world:
        world.answers = [(200, {"errcode": 93000, "errmsg": "invalid webhook url"})]
        code, said = _run(_settings(world), embedded)
    assert code == 1
    assert "对方没有收下，代码 93000" in said
    assert "已送到" in said
    assert "*******8000" in said
    assert "13800138000" not in said
    assert "电话要由正在运行的 hotline 来打" in said
    assert "3 条通道里有 2 条不通" in said
    with embedded() as session:
        assert session.scalar(select(func.count()).select_from(NoticeDelivery)) == 3


def test_when_all_is_well_it_says_so(embedded: Sessions) -> None:
    with outside() as world:
        found = _settings(world)
        found = found.model_copy(update={"recipients": found.recipients[:1]})
        code, said = _run(found, embedded)
        texts = [body.get("t") or body["text"]["content"] for body in world.bodies()]
    assert code == 0
    assert "2 条通道都通" in said
    assert all("测试" in text and "不是报警" in text for text in texts)


def test_nobody_configured_is_said_with_what_to_do(embedded: Sessions) -> None:
    code, said = _run(NoticeSettings(), embedded)
    assert code == 1
    assert "[[notices.recipients]]" in said


class _Line:
    """The hotline's telephone, whose calls go as the test says: one step a look."""

    def __init__(self, *steps: Callable[[Placed], None]) -> None:
        self.calls: list[tuple[str, Purpose]] = []
        self._placed, self._steps = Placed(), list(steps)

    def place(self, target: str, purpose: Purpose, ring: float) -> Placed:
        self.calls.append((target, purpose))
        return self._placed

    def wait(self, _seconds: float) -> None:
        self._steps.pop(0)(self._placed)


def _talks(placed: Placed) -> None:
    placed.stage = Stage.TALKING


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        (lambda placed: placed.over(Other.PERSON), True),
        (lambda placed: placed.over(None), True),
        (lambda placed: placed.over(Other.MACHINE), False),
        (lambda placed: placed.failed(Failed.NO_ANSWER), False),
    ],
    ids=["person", "hung up", "machine", "nobody"],
)
def test_a_call_has_told_whom_it_reached_unless_that_was_a_machine(
    embedded: Sessions, ending: Callable[[Placed], None], told: bool
) -> None:
    found: dict[str, Any] = {
        "channels": {"call": {"kind": "call"}},
        "recipients": [{"name": "班长", "audience": "supervisor", "routes": ["call:13900139000"]}],
        "attempts": 1,
    }
    line = _Line(_talks, ending)
    settings = NoticeSettings.model_validate(found)
    channels = make_channels(settings, lambda: NOW, OurTelephone(line, line.wait))
    dispatch = Dispatch(settings, channels, embedded, lambda: NOW)
    words = "有老人摔倒，请您处理。"
    notice = Notice("k", Audience.SUPERVISOR, "报警", "文字", spoken=words)
    assert dispatch.send(notice).delivered is told
    assert line.calls == [("13900139000", Purpose(opening=words, message=words))]


def test_a_call_that_never_ends_is_given_up() -> None:
    now = iter(range(0, 1000, 10))
    telephone = OurTelephone(_Line(), lambda _: None, lambda: float(next(now)))
    call = telephone.call("13900139000", "喂")
    with pytest.raises(TimeoutError):
        call.result(60.0)


def test_without_a_telephone_the_next_route_is_tried(embedded: Sessions) -> None:
    with outside() as world:
        settings = _settings(world)
        dispatch = build_notifier(settings, embedded, lambda: NOW, None)
        assert dispatch.send(Notice("k", Audience.SUPERVISOR, "报警", "文字")).missed == 1
    with embedded() as session:
        assert session.scalar(select(NoticeDelivery.error)) == "no telephone"
