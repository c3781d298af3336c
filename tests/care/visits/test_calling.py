"""Who is telephoned next, and what comes of a call: on both databases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from care.alarms.model import Alarm
from care.desk import callbacks
from care.elders.model import Elder
from care.storage.engine import Sessions
from care.visits import figures
from care.visits.calling import Due, cut_off, next_call
from care.visits.findings import Findings
from care.visits.model import Visit, VisitCall
from care.visits.outcome import Settling
from care.visits.plan import Planner
from care.visits.state import Result, State, Why
from care.visits.talking import keep
from care.visits.window import Calls
from care.visits.wishes import put_off
from tests.care.visits.people import REGIONS, RULES, add_elder
from tests.conftest import NOW

CALLS = Calls.load()
LATER = timedelta(hours=5)


@pytest.fixture
def three(sessions: Sessions) -> Iterator[Sessions]:
    """Three elders; the last one must be seen, so nobody calls them."""
    with sessions.begin() as session:
        add_elder(session, 1, agrees=True)
        add_elder(session, 2, agrees=True)
        add_elder(session, 3, ("失能",), agrees=True)
    Planner(sessions, RULES, REGIONS.within).due(NOW)
    yield sessions


def call(sessions: Sessions, process: str = "a", after: timedelta = timedelta()) -> Due | None:
    with sessions.begin() as session:
        return next_call(session, CALLS, process, NOW + after)


def settle(sessions: Sessions, due: Due | None, failed: Result | None = None) -> None:
    assert due is not None
    Settling(sessions, RULES, CALLS, Findings.load()).settle(due.call_id, failed, NOW)


def test_of_two_processes_each_calls_somebody_else(three: Sessions) -> None:
    first, second = call(three, "a"), call(three, "b")
    assert first is not None
    assert second is not None
    assert {first.phone, second.phone} == {"13800000001", "13800000002"}
    assert call(three) is None
    settle(three, first, Result.NO_ANSWER)
    assert call(three) is None, "not in the same window again"
    again = call(three, after=LATER)
    assert again is not None
    assert (again.phone, again.settled) == (first.phone, frozenset())


def test_what_was_said_decides_and_is_settled_once(three: Sessions) -> None:
    first = call(three)
    assert first is not None
    with three.begin() as session:
        keep(
            session,
            first.call_id,
            [("wellbeing", "well", "好着呢"), ("needs", "wants", "想订饭")],
            conversation_id=None,
            outcome=None,
            now=NOW,
        )
    settle(three, first)
    settle(three, first, Result.NO_ANSWER)
    with three() as session:
        visit = session.get_one(Visit, first.visit_id)
        assert visit.state == State.DONE
        assert session.get_one(VisitCall, first.call_id).result == Result.FINISHED
        month = figures.by_community(session, NOW.date())
    assert [(each.due, each.done, each.by_phone) for each in month.values()] == [(3, 1, 1)]


def test_calls_that_a_crash_left_are_found(three: Sessions) -> None:
    mine, other = call(three, "a"), call(three, "b")
    assert mine is not None
    assert other is not None
    with three() as session:
        assert cut_off(session, "a", NOW, starts=True) == [mine.call_id]
        assert cut_off(session, "a", NOW, starts=False) == []
        late = NOW + timedelta(hours=2)
        found = set(cut_off(session, "a", late, starts=False))
    assert found == {mine.call_id, other.call_id}


def test_an_open_alarm_is_not_called_into(three: Sessions) -> None:
    first = call(three)
    settle(three, first, Result.NO_ANSWER)
    with three.begin() as session:
        elder = session.scalars(select(Elder).where(Elder.phone == "13800000001")).one()
        session.add(
            Alarm(ref="A1", category="fall", severity=1, said="", elder_id=elder.id, raised_at=NOW)
        )
    following = call(three, after=LATER)
    assert following is not None
    assert following.phone == "13800000002"
    assert call(three, after=LATER) is None


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from([r for r in Result if r is not Result.ALARM]), max_size=6))
def test_whatever_becomes_of_calls_the_visit_ends_in_one_way(
    embedded: Sessions, results: list[Result]
) -> None:
    with embedded.begin() as session:
        number = len(session.scalars(select(Elder.id)).all()) + 1
        elder = add_elder(session, number, agrees=True)
    Planner(embedded, RULES, REGIONS.within).due(NOW)
    tried: list[Result] = []
    for nth, result in enumerate(results):
        due = call(embedded, after=(0, 1)[nth % 2] * LATER + nth // 2 * timedelta(days=1))
        if due is None:
            break
        tried.append(result)
        if result in {Result.FINISHED, Result.REFUSED, Result.NOT_THEM, Result.UNFINISHED}:
            told = [("wellbeing", "well", "好")] if result is Result.FINISHED else []
            with embedded.begin() as session:
                keep(session, due.call_id, told, conversation_id=None, outcome=result, now=NOW)
            settle(embedded, due)
        else:
            settle(embedded, due, result)
    with embedded() as session:
        visit = session.scalars(select(Visit).where(Visit.elder_id == elder.id)).one()
    assert len(tried) <= CALLS.tries
    assert (visit.state == State.DONE) == (Result.FINISHED in tried)
    ended = Result.REFUSED in tried or (len(tried) == CALLS.tries and visit.state != State.DONE)
    assert (visit.in_person is not None) == ended
    if Result.REFUSED in tried:
        assert visit.in_person == Why.REFUSED
    with embedded.begin() as session:  # so that the next example calls its own elder
        session.get_one(Visit, visit.id).state = State.DROPPED
        session.get_one(Elder, elder.id).situations = frozenset()


@pytest.fixture
def couple(sessions: Sessions) -> Sessions:
    """Two who share a landline."""
    with sessions.begin() as session:
        for number in (1, 2):
            elder = add_elder(session, number, agrees=True)
            elder.phone, elder.phone_nth = "04835551234", number
    Planner(sessions, RULES, REGIONS.within).due(NOW)
    return sessions


def test_a_telephone_that_is_shared_rings_for_one_at_a_time(couple: Sessions) -> None:
    first = call(couple, "a")
    assert first is not None
    assert (first.name, first.others) == ("王桂兰1", ("王桂兰2",))
    assert call(couple, "b") is None
    settle(couple, first, Result.NOT_THEM)
    with couple() as session:
        assert callbacks.still_open(session) == [], "the number is right"
    second = call(couple, "b")
    assert second is not None
    assert (second.name, second.others) == ("王桂兰2", ("王桂兰1",))


def test_nobody_is_called_where_an_alarm_came_from(couple: Sessions) -> None:
    with couple.begin() as session:
        alarm = Alarm(ref="A1", category="fall", severity=1, said="", raised_at=NOW)
        alarm.phone = "04835551234"
        session.add(alarm)
    assert call(couple) is None


def test_who_said_not_now_is_left_alone_for_the_day(three: Sessions) -> None:
    with three.begin() as session:
        for number in (1, 2):
            assert put_off(session, session.get_one(Elder, number), None, now=NOW)
    assert call(three) is None
    assert call(three, after=LATER) is None
    assert call(three, after=timedelta(days=1)) is not None
