"""Who is told, through what, how often it is tried, and what is kept of it."""

import threading
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from structlog.testing import capture_logs

from care.notices import receipts
from care.notices.channel import ChannelError, Message
from care.notices.channels import make_channels
from care.notices.dispatch import Dispatch, Pace
from care.notices.model import NoticeDelivery
from care.notices.port import Audience, Notice, Notifier, Receipt
from care.notices.settings import NoticeSettings
from care.storage.engine import Sessions
from tests.care.notices.outside import outside
from tests.conftest import NOW

NOTICE = Notice(
    "A1121-0F3A2B/duty", Audience.DUTY, "报警", "有老人摔倒。", alarm_ref="A1121-0F3A2B"
)


class Way:
    """A channel that fails as often as it is told, and remembers what it sent."""

    limit = 5.0

    def __init__(self, *errors: ChannelError | None) -> None:
        self.errors = list(errors)
        self.sent: list[tuple[Message, str | None]] = []
        self._lock = threading.Lock()

    def send(self, message: Message, target: str | None) -> None:
        with self._lock:
            error = self.errors.pop(0) if self.errors else None
            if error:
                raise error
            self.sent.append((message, target))


class Time:
    """Passes only while somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def pace(self) -> Pace:
        return Pace(self.wait, lambda: self.now)


def _settings(routes: dict[str, list[str]], audience: str = "duty", **more: Any) -> NoticeSettings:
    """Recipients by name, all of one audience; channels are web hooks whose address nobody uses."""
    hook = {"kind": "webhook", "url": "http://127.0.0.1:9/"}
    names = {route.partition(":")[0] for each in routes.values() for route in each}
    return NoticeSettings.model_validate(
        {
            "channels": dict.fromkeys(names, hook),
            "recipients": [
                {"name": name, "audience": audience, "routes": each}
                for name, each in routes.items()
            ],
            **more,
        }
    )


def _failing(times: int, *, retry: bool = True) -> list[ChannelError | None]:
    return [ChannelError("http 500", retry=retry)] * times


def _dispatch(
    sessions: Sessions, found: NoticeSettings, ways: dict[str, Way], time: Time | None = None
) -> Notifier:
    return Dispatch(found, ways, sessions, lambda: NOW, (time or Time()).pace())


def _rows(sessions: Sessions) -> list[NoticeDelivery]:
    with sessions() as session:
        return list(session.scalars(select(NoticeDelivery).order_by(NoticeDelivery.id)))


def test_everybody_of_the_audience_is_told_and_nobody_else(sessions: Sessions) -> None:
    found = _settings({"值班": ["a"], "班长室": ["b:13800138000"]})
    other = _settings({"主任": ["c"]}, audience="supervisor")
    both = found.model_copy(
        update={
            "recipients": found.recipients + other.recipients,
            "channels": found.channels | other.channels,
        }
    )
    ways = {"a": Way(), "b": Way(), "c": Way()}
    receipt = _dispatch(sessions, both, ways).send(NOTICE)
    assert receipt == Receipt(reached=2, missed=0)
    assert receipt.delivered
    assert [len(way.sent) for way in ways.values()] == [1, 1, 0]
    assert ways["b"].sent[0][1] == "13800138000"
    assert ways["a"].sent[0][0].spoken == NOTICE.text


def test_a_channel_that_fails_falls_to_the_next_at_once(sessions: Sessions) -> None:
    time, ways = Time(), {"sms": Way(*_failing(1)), "call": Way()}
    found = _settings({"值班": ["sms:13800138000", "call:13800138000"]})
    assert _dispatch(sessions, found, ways, time).send(NOTICE).reached == 1
    assert time.waits == []
    rows = _rows(sessions)
    assert [(row.channel, row.state, row.error, row.attempt) for row in rows] == [
        ("sms", "failed", "http 500", 1),
        ("call", "delivered", None, 1),
    ]
    assert {row.target for row in rows} == {"*******8000"}
    assert {(row.alarm_ref, row.audience, row.recipient, row.at) for row in rows} == {
        ("A1121-0F3A2B", "duty", "值班", NOW)
    }


def test_when_all_fail_it_begins_again_with_back_off(sessions: Sessions) -> None:
    time, ways = Time(), {"sms": Way(*_failing(2)), "mail": Way(*_failing(9))}
    found = _settings({"值班": ["sms:13800138000", "mail:a@b.example"]}, back_off=2.0)
    assert _dispatch(sessions, found, ways, time).send(NOTICE).delivered
    assert time.waits == [2.0, 4.0]
    assert [(row.channel, row.attempt) for row in _rows(sessions)] == [
        ("sms", 1), ("mail", 1), ("sms", 2), ("mail", 2), ("sms", 3)
    ]  # fmt: skip


def test_a_refusal_for_good_is_not_repeated(sessions: Sessions) -> None:
    time, ways = Time(), {"sms": Way(*_failing(9, retry=False)), "mail": Way(*_failing(2))}
    found = _settings({"值班": ["sms:13800138000", "mail:a@b.example"]})
    assert _dispatch(sessions, found, ways, time).send(NOTICE).delivered
    assert [row.channel for row in _rows(sessions)] == ["sms", "mail", "mail", "mail"]
    nobody = {"sms": Way(*_failing(9, retry=False))}
    found = _settings({"门卫": ["sms:13800138000"]})
    time = Time()
    assert _dispatch(sessions, found, nobody, time).send(NOTICE) == Receipt(0, 1)
    assert time.waits == []


def test_patience_ends(sessions: Sessions) -> None:
    time, ways = Time(), {"sms": Way(*_failing(99))}
    found = _settings({"值班": ["sms:13800138000"]}, attempts=10, back_off=10.0, patience=45.0)
    assert not _dispatch(sessions, found, ways, time).send(NOTICE).delivered
    assert time.waits == [10.0, 20.0, 40.0]
    assert len(_rows(sessions)) == 3


def test_who_has_a_notice_is_not_told_again_after_a_restart(sessions: Sessions) -> None:
    found = _settings({"值班": ["a"], "班长室": ["b"]})
    _dispatch(sessions, found, {"a": Way(), "b": Way(*_failing(99))}).send(NOTICE)
    ways = {"a": Way(), "b": Way()}
    assert _dispatch(sessions, found, ways).send(NOTICE) == Receipt(2, 0)
    assert [len(way.sent) for way in ways.values()] == [0, 1]
    again = Notice("A1121-0F3A2B/again", Audience.DUTY, "报警", "还没有人接。")
    assert _dispatch(sessions, found, ways).send(again) == Receipt(2, 0)
    assert [len(way.sent) for way in ways.values()] == [1, 2]


def test_contacts_bring_their_numbers_along_and_are_kept_without_them(sessions: Sessions) -> None:
    found = _settings({"值班": ["call:1380", "sms:1380"]}).model_copy(
        update={"contact_routes": ("call", "sms")}
    )
    ways = {"call": Way(*_failing(1)), "sms": Way()}
    notice = Notice(
        "k", Audience.CONTACTS, "报警", "请联系老人。", phones=("13900139001", "0471-5551234")
    )
    assert _dispatch(sessions, found, ways).send(notice) == Receipt(2, 0)
    told = {target for way in ways.values() for _, target in way.sent}
    assert told == {"13900139001", "0471-5551234"}
    kept = "".join(f"{row.recipient}{row.target}{row.error}{row.key}" for row in _rows(sessions))
    assert "1390013" not in kept
    assert "0471" not in kept


def test_nobody_configured_is_told_apart_from_delivered(sessions: Sessions) -> None:
    receipt = _dispatch(sessions, NoticeSettings(), {}).send(NOTICE)
    assert receipt == Receipt(0, 0)
    assert not receipt.addressed
    assert not receipt.delivered


def test_a_house_without_an_external_service_is_in_order(sessions: Sessions) -> None:
    with capture_logs() as logs:
        for audience in Audience:
            notice = Notice(f"k/{audience.value}", audience, "报警", "请看一下。")
            _dispatch(sessions, NoticeSettings(), {}).send(notice)
    assert {line["audience"] for line in logs} == {"duty", "supervisor", "contacts"}


def test_a_fault_of_ours_in_a_channel_does_not_stop_the_next(sessions: Sessions) -> None:
    class Broken(Way):
        def send(self, message: Message, target: str | None) -> None:
            raise KeyError("13800138000")

    found = _settings({"值班": ["a", "b"]})
    assert _dispatch(sessions, found, {"a": Broken(), "b": Way()}).send(NOTICE).delivered
    assert _rows(sessions)[0].error == "fault KeyError"


def test_a_channel_that_hangs_is_left_behind(embedded: Sessions) -> None:
    stop = threading.Event()

    class Hanging(Way):
        limit = 0.05

        def send(self, message: Message, target: str | None) -> None:
            stop.wait(20)

    found = _settings({"值班": ["a", "b"]})
    assert _dispatch(embedded, found, {"a": Hanging(), "b": Way()}).send(NOTICE).delivered
    assert _rows(embedded)[0].error == "timeout"
    stop.set()


def test_one_who_hangs_keeps_nobody_else_waiting(embedded: Sessions) -> None:
    told = threading.Event()

    class Waiting(Way):
        def send(self, message: Message, target: str | None) -> None:
            if not told.wait(10):
                raise ChannelError("nobody else was told meanwhile")

    class Quick(Way):
        def send(self, message: Message, target: str | None) -> None:
            told.set()

    found = _settings({"值班": ["a"], "班长室": ["b"]})
    receipt = _dispatch(embedded, found, {"a": Waiting(), "b": Quick()}).send(NOTICE)
    assert receipt == Receipt(2, 0)


def test_a_slow_server_is_bounded_as_a_whole(embedded: Sessions) -> None:
    """Each octet comes in time; the whole never does."""
    with outside() as world:
        world.answers = [(0, None)]
        found = NoticeSettings.model_validate(
            {
                "channels": {
                    "slow": {"kind": "webhook", "url": f"{world.url}/slow", "limit": 0.2},
                    "quick": {"kind": "webhook", "url": f"{world.url}/quick"},
                },
                "recipients": [{"name": "值班", "audience": "duty", "routes": ["slow", "quick"]}],
            }
        )
        channels = make_channels(found, lambda: NOW)
        dispatch = Dispatch(found, channels, embedded, lambda: NOW, Time().pace())
        assert dispatch.send(NOTICE) == Receipt(1, 0)
        assert [path for path, *_ in world.requests] == ["/slow", "/quick"]
    assert [row.error for row in _rows(embedded)] == ["timeout", None]


def test_an_alarm_can_show_what_was_tried(sessions: Sessions) -> None:
    _dispatch(sessions, _settings({"值班": ["a"]}), {"a": Way()}).send(NOTICE)
    with sessions() as session:
        [row] = receipts.of_alarm(session, "A1121-0F3A2B")
        assert row.state == receipts.DELIVERED
        assert receipts.of_alarm(session, "A1121-FFFFFF") == []


def test_probing_tries_every_route(embedded: Sessions) -> None:
    found = _settings({"值班": ["a", "b"], "班长室": ["b"]})
    ways = {"a": Way(*_failing(1)), "b": Way()}
    dispatch = Dispatch(found, ways, embedded, lambda: NOW, Time().pace())
    tried = dispatch.probe(NOTICE)
    assert [(each.recipient, each.route.channel, each.error) for each in tried] == [
        ("值班", "a", "http 500"), ("值班", "b", None), ("班长室", "b", None)
    ]  # fmt: skip


@given(
    failures=st.lists(st.integers(0, 4), min_size=1, max_size=4),
    attempts=st.integers(1, 4),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_recipient_is_told_once_and_exactly_when_some_attempt_works(
    embedded: Sessions, failures: list[int], attempts: int
) -> None:
    """`failures` by route: how many rounds it fails before it works."""
    ways = {f"w{number}": Way(*_failing(each)) for number, each in enumerate(failures)}
    found = _settings({"值班": list(ways)}, attempts=attempts, patience=300.0)
    notice = Notice(uuid4().hex, Audience.DUTY, "报警", "有老人摔倒。")
    receipt = _dispatch(embedded, found, ways).send(notice)
    assert sum(len(way.sent) for way in ways.values()) == receipt.reached <= 1
    assert receipt.delivered is (min(failures) < attempts)
