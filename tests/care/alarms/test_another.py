"""New trouble rings although nobody closed the old: states, what is said, and when."""

from datetime import timedelta

import pytest

from care.alarms import service as alarms
from care.alarms.chain import verify
from care.alarms.model import Alarm
from care.alarms.service import Report
from care.alarms.state import ACKNOWLEDGED, DISPATCHED, ON_SITE, RAISED
from care.conversations.service import open_conversation
from care.storage.engine import Sessions
from tests.care.alarms.watch import Clocks, Listener, keeper, watch
from tests.conftest import NOW

OPEN = (RAISED, ACKNOWLEDGED, DISPATCHED, ON_SITE)
SAID = {
    "the same": ("fall", 2),
    "the same, graver": ("fall", 1),
    "another kind": ("chest_pain", 2),
    "another, milder": ("fraud", 3),
    "a bare cry": ("help", 2),
}
NEWS = {"the same, graver", "another kind", "another, milder"}
"""What is new also within the talk."""
HOME = "幸福小区3号楼402"


def _conversation(sessions: Sessions, sender: str) -> int:
    with sessions.begin() as session:
        return open_conversation(session, sender_id=sender, channel="web", now=NOW).id


def _bring(sessions: Sessions, ref: str, state: str) -> None:
    """Takes a raised alarm as far as that."""
    with sessions.begin() as session:
        if state != RAISED:
            alarms.acknowledge(session, ref, by="张敏", now=NOW)
        if state in {DISPATCHED, ON_SITE}:
            alarms.dispatch(session, ref, by="张敏", responder="王师傅", now=NOW)
        if state == ON_SITE:
            alarms.arrive(session, ref, by="张敏", now=NOW)


def _report(
    sessions: Sessions, conversation: int, minutes: float, category: str, severity: int = 2
) -> Alarm:
    at = NOW + timedelta(minutes=minutes)
    return alarms.raise_(sessions, Report(category, severity, "说的话", conversation), at)


def _say(sessions: Sessions, alarm: Alarm, minutes: float) -> None:
    with sessions.begin() as session:
        alarms.add_said(
            session,
            alarms.find(session, alarm.ref),
            said="好的",
            facts={},
            follow_up={"reported": ["fall"]},
            now=NOW + timedelta(minutes=minutes),
        )


def test_what_is_an_alarm_of_its_own(sessions: Sessions) -> None:
    new, due = set(), set()
    for state in OPEN:
        for what, told in SAID.items():
            for minutes in (1, 15, 16, 360):
                row = (state, what, minutes)
                conversation = _conversation(sessions, str(row))
                first = _report(sessions, conversation, 0, "fall")
                _bring(sessions, first.ref, state)
                second = _report(sessions, conversation, minutes, *told)
                assert second.case_ref == first.ref
                if second.ref != first.ref:
                    assert second.state == RAISED
                    new.add(row)
                if state != RAISED and (what in NEWS or minutes > 15):
                    due.add(row)
    assert new == due
    assert verify(sessions).whole


def test_the_newest_is_the_open_one_until_it_is_closed(sessions: Sessions) -> None:
    conversation = _conversation(sessions, "a")
    first = _report(sessions, conversation, 0, "fall")
    _bring(sessions, first.ref, ON_SITE)
    second = _report(sessions, conversation, 360, "fall")
    with sessions.begin() as session:
        found = alarms.open_alarm(session, conversation)
        assert found is not None
        assert found.ref == second.ref
        alarms.close(session, second.ref, by="张敏", reason="好了", now=NOW)
        found = alarms.open_alarm(session, conversation)
        assert found is not None
        assert found.ref == first.ref


def test_the_second_climbs_a_ladder_of_its_own(sessions: Sessions) -> None:
    conversation = _conversation(sessions, "a")
    first = _report(sessions, conversation, 0, "fall")
    _bring(sessions, first.ref, ON_SITE)
    clocks, listener = Clocks(), Listener()
    running = keeper(sessions, clocks, listener)
    watch(running, clocks, 6 * 3600, step=1800)
    second = _report(sessions, conversation, 360, "fall")
    watch(running, clocks, 35, step=5)
    told = [notice.key for notice in listener.heard if notice.alarm_ref == second.ref]
    assert [key.split("/")[1:3] for key in told] == [["desks", "duty"]]


@pytest.mark.parametrize(
    ("words_at", "minutes", "new"),
    [
        ((), 16, True),
        ((10,), 20, False),
        ((10, 24, 38, 50), 60, False),
        ((10, 24, 38, 50), 61, True),
    ],
)
def test_a_talk_goes_on_while_there_is_talk_but_not_for_ever(
    embedded: Sessions, words_at: tuple[int, ...], minutes: int, new: bool
) -> None:
    conversation = _conversation(embedded, "a")
    first = _report(embedded, conversation, 0, "fall")
    _bring(embedded, first.ref, ACKNOWLEDGED)
    for at in words_at:
        _say(embedded, first, at)
    assert (_report(embedded, conversation, minutes, "fall").ref != first.ref) is new


def test_what_a_bare_cry_was_for_is_no_second_alarm(embedded: Sessions) -> None:
    conversation = _conversation(embedded, "a")
    first = _report(embedded, conversation, 0, "help", 1)
    _bring(embedded, first.ref, ACKNOWLEDGED)
    assert _report(embedded, conversation, 2, "fall").ref == first.ref


def _unplaced(sessions: Sessions) -> str:
    return _report(sessions, _conversation(sessions, "a"), 1, "fall").ref


def _learn(sessions: Sessions, ref: str, **facts: str) -> str | None:
    with sessions.begin() as session:
        alarm = alarms.find(session, ref)
        alarms.add_said(session, alarm, said="…", facts=facts, follow_up={}, now=NOW)
        return alarm.case_ref


@pytest.mark.parametrize("facts", [{"place": HOME}, {"phone": "13800000001"}])
def test_who_and_where_that_are_learnt_later_bring_an_alarm_into_its_case(
    sessions: Sessions, facts: dict[str, str]
) -> None:
    pressed = Report("pendant", 1, "", source="x", phone="13800000001", place=HOME)
    case = alarms.raise_(sessions, pressed, NOW).ref
    ref = _unplaced(sessions)
    assert _learn(sessions, ref, breathing="yes") == ref
    assert _learn(sessions, ref, **facts) == case


def test_a_case_that_has_gathered_others_stays_where_it_is(embedded: Sessions) -> None:
    alarms.raise_(embedded, Report("pendant", 1, "", source="x", place=HOME), NOW)
    ref = _unplaced(embedded)
    _learn(embedded, ref, phone="13800000001")
    other = Report("gas", 1, "", source="y", phone="13800000001")
    assert alarms.raise_(embedded, other, NOW).case_ref == ref
    assert _learn(embedded, ref, place=HOME) == ref
