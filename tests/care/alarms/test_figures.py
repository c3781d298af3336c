"""The wallboard's numbers of a period."""

from datetime import datetime, timedelta

from care.alarms import service as alarms
from care.alarms.figures import Figures, figures
from care.alarms.outcome import Outcome
from care.alarms.service import Report
from care.storage.engine import Sessions
from tests.care.alarms.watch import Clocks, Listener, keeper, watch
from tests.conftest import NOW

HOUR = timedelta(hours=1)


def _raise(
    sessions: Sessions, acknowledged: float | None = None, severity: int = 2, at: datetime = NOW
) -> str:
    ref = alarms.raise_(sessions, Report("fall", severity, "摔了"), at).ref
    if acknowledged is not None:
        with sessions.begin() as session:
            then = at + timedelta(seconds=acknowledged)
            alarms.acknowledge(session, ref, by="张敏", now=then)
    return ref


def _figures(sessions: Sessions, after: timedelta = HOUR) -> Figures:
    with sessions() as session:
        return figures(session, NOW - HOUR, NOW + HOUR, NOW + after)


def test_of_nothing_there_is_no_share(sessions: Sessions) -> None:
    found = _figures(sessions)
    assert found.raised == 0
    assert found.median_seconds is None
    assert [(w.share, w.reaches_goal) for w in found.within] == [(None, None), (None, None)]


def test_shares_are_of_urgent_alarms_that_had_the_time(sessions: Sessions) -> None:
    for seconds in (10, 60, 61, 200):
        _raise(sessions, seconds)
    _raise(sessions)
    _raise(sessions, 2000, severity=3)
    _raise(sessions, 5, at=NOW - 2 * HOUR)
    at_once = _figures(sessions, timedelta(seconds=100))
    assert (at_once.raised, at_once.urgent, at_once.unacknowledged) == (6, 5, 1)
    assert [(w.seconds, w.counted, w.met) for w in at_once.within] == [(60, 5, 2), (180, 4, 3)]
    later = _figures(sessions)
    assert [(w.counted, w.met) for w in later.within] == [(5, 2), (5, 3)]
    assert later.within[0].share == 0.4
    assert later.within[0].reaches_goal is False
    assert later.median_seconds == 60.5


def test_a_clock_set_back_makes_no_negative_wait(embedded: Sessions) -> None:
    _raise(embedded, -3600)
    found = _figures(embedded)
    assert found.median_seconds == 0
    assert found.within[0].reaches_goal is True


def test_false_alarms_count_by_reason(sessions: Sessions) -> None:
    ends = (Outcome.TEST, Outcome.TEST, Outcome.MISUNDERSTOOD, Outcome.HELPED, Outcome.DUPLICATE)
    for outcome in ends:
        ref = _raise(sessions)
        with sessions.begin() as session:
            alarms.close(session, ref, by="张敏", reason="问过", now=NOW, outcome=outcome)
    _raise(sessions)
    found = _figures(sessions)
    assert found.outcomes == {"test": 2, "misunderstood": 1, "helped": 1, "duplicate": 1}
    assert (found.false_alarms, found.open) == (3, 1)


def test_escalated_are_those_whom_a_rung_was_quicker_for_than_a_person(sessions: Sessions) -> None:
    _raise(sessions)
    quick, slow = _raise(sessions), _raise(sessions)
    clocks = Clocks()
    running = keeper(sessions, clocks, Listener())
    for ref, seconds in ((quick, 20), (slow, 20)):
        watch(running, clocks, seconds, step=10)
        with sessions.begin() as session:
            alarms.acknowledge(session, ref, by="张敏", now=clocks.now())
    watch(running, clocks, 600, step=100)  # both, again, because nobody was sent
    assert _figures(sessions).escalated == 2
