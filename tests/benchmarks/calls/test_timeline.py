"""Notes of calls come out of the database on the clock of the telephones."""

from datetime import datetime, timedelta

from benchmarks.calls.timeline import of_call, read_timelines
from care.alarms import service as alarms
from care.alarms.service import Report
from care.calls import service as calls
from care.calls.kind import Direction
from care.calls.service import NewCall
from care.conversations import service as conversations
from care.storage.engine import Sessions
from tests.conftest import NOW


def _clock(moment: datetime) -> float:
    return (moment - NOW).total_seconds() + 50.0


def test_a_call_with_its_events_and_its_alarm(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for leg, late in (("a", 0.0), ("b", 2.0)):
            started = NOW + timedelta(seconds=late)
            call = calls.begin(session, NewCall(leg, Direction.IN, "sip"), started)
            calls.note(session, call.id, "filler", {"place": 0}, started + timedelta(seconds=3))
        row = conversations.open_conversation(session, sender_id="call:b", channel="phone", now=NOW)
        session.flush()
        conversation = row.id
    report = Report(category="fall", severity=2, conversation_id=conversation, said="摔倒了")
    alarms.raise_(sessions, report, NOW + timedelta(seconds=6))
    timelines = read_timelines(sessions, _clock)
    first, second = of_call(timelines, 49.9), of_call(timelines, 51.8)
    assert first is not None
    assert second is not None
    assert first.raised == ()
    assert second.raised == (56.0,)
    assert [each.at for each in second.of("filler", 52.0, 60.0)] == [55.0]
    assert second.of("filler", 56.0, 60.0) == []
    assert of_call(timelines, 60.0) is None
