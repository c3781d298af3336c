"""The ledger: read in as many queries as with one elder in one month."""

from datetime import datetime

from sqlalchemy import event

from care.clock import SHANGHAI
from care.storage.engine import Sessions
from care.visits import figures
from care.visits.ledger import PAGE, Part, Wanted, counts, rows
from care.visits.model import Visit, VisitCall
from care.visits.month import first_of
from care.visits.plan import Planner
from care.visits.state import Result, State, Why
from tests.care.visits.people import HOME, REGIONS, RULES, add_elder

MONTHS, ELDERS = 4, 100


def _fill(sessions: Sessions, elders: range, months: int) -> None:
    with sessions.begin() as session:
        for number in elders:
            add_elder(session, number)
    for month in range(1, months + 1):
        Planner(sessions, RULES, REGIONS.within).due(_day(month))


def _day(month: int) -> datetime:
    return datetime(2026, month, 3, 10, tzinfo=SHANGHAI)


def test_a_hundred_elders_and_more_months_take_no_more_queries(sessions: Sessions) -> None:
    asked: list[int] = []
    event.listen(sessions.kw["bind"], "before_cursor_execute", lambda *_args: asked.append(1))

    def look(month: int) -> int:
        asked.clear()
        wanted = Wanted(first_of(_day(month).date()), Part.ALL, (HOME,))
        with sessions() as session:
            told = [(row.elder.name, row.steward, row.tries) for row in rows(session, wanted)]
            assert len(told) == min(counts(session, wanted)[Part.ALL], PAGE + 1)
            figures.by_community(session, wanted.month)
        return len(asked)

    _fill(sessions, range(1, 2), 1)
    few = look(1)
    _fill(sessions, range(2, ELDERS + 1), MONTHS)
    assert look(MONTHS) == few < 8


def test_each_part_counts_its_own(sessions: Sessions) -> None:
    _fill(sessions, range(1, 6), 1)
    with sessions.begin() as session:
        for number, state in ((1, State.DONE), (2, State.MISSED), (3, State.DROPPED)):
            session.get_one(Visit, number).state = state
        session.get_one(Visit, 4).in_person = Why.NO_ANSWER
        call = VisitCall(visit_id=4, nth=1, process="a", started_at=_day(1))
        call.result = Result.NO_ANSWER
        session.add(call)
    wanted = Wanted(first_of(_day(1).date()))
    with sessions() as session:
        found = counts(session, wanted)
        assert found == {
            Part.TO_DO: 3,
            Part.IN_PERSON: 1,
            Part.DONE: 1,
            Part.MISSED: 1,
            Part.ALL: 5,
        }
        told = [(row.visit.id, row.tries) for row in rows(session, wanted)]
        assert told == [(2, 0), (4, 1), (5, 0)]
