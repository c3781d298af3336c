"""The hotline at one moment, and figures that are counted once for all who look."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from care.alarms import service as alarms
from care.desk import claims
from care.desk.queue import GOAL
from care.desk.state import SeatState
from care.figures.now import now
from care.figures.period import Span, period
from care.figures.shared import Shared
from care.storage.engine import Sessions, readers
from tests.care.desk.talks import sit, talk, wait
from tests.care.figures.day import HOUR, SECOND, call
from tests.care.operators.people import Time
from tests.conftest import NOW


def test_calls_and_chats_by_where_they_are(sessions: Sessions) -> None:
    calling, over = "tel:13800000001", "tel:13800000002"
    for sender in (calling, over):
        talk(sessions, sender, "喂")
    call(sessions, NOW, sender=calling, over=False)
    talk(sessions, "web-1", "你好")
    talk(sessions, "web-old", "你好", now=NOW - HOUR)
    wait(sessions, "tel:13800000003", now=NOW - 20 * SECOND)
    wait(sessions, "web-2", now=NOW - 5 * SECOND)
    _, taken = wait(sessions, "web-3")
    sit(sessions, "zhang", "li")
    with sessions.begin() as session:
        claims.claim(session, taken, operator="zhang", now=NOW)
    with sessions() as session:
        found = now(session, GOAL, NOW)
    assert (found.calls.assistant, found.calls.waiting, found.calls.operator) == (1, 1, 0)
    assert (found.chats.assistant, found.chats.waiting, found.chats.operator) == (1, 1, 1)
    assert (found.since, found.late) == (NOW - 20 * SECOND, 1)
    assert found.seats == {SeatState.BUSY: 1, SeatState.AVAILABLE: 1}


def test_alarms_by_age(sessions: Sessions) -> None:
    ages = (10, 60, 61, 200, 4000)
    refs = [
        alarms.raise_(sessions, alarms.Report("fall", 2, "摔了"), NOW - age * SECOND).ref
        for age in ages
    ]
    with sessions.begin() as session:
        alarms.acknowledge(session, refs[0], by="zhang", now=NOW)
    with sessions() as session:
        found = now(session, GOAL, NOW)
    assert found.alarms_by_age == (2, 1, 1, 0, 1)
    assert (found.alarms, found.alarms_waiting) == (5, 4)


def test_many_who_look_cost_one_look(embedded: Sessions) -> None:
    clock, looks = Time(), []
    shared, day = Shared(embedded, clock), period(Span.DAY, NOW.date())
    event.listen(embedded.kw["bind"], "begin", lambda _connection: looks.append(1))
    first = (shared.board(day), shared.now())
    assert (shared.board(day), shared.now()) == first
    assert len(looks) == 2
    clock.passes(seconds=6)
    assert shared.board(day).at == shared.now().at == clock()
    clock.passes(seconds=-3600)  # set back: what was counted then is not kept for an hour
    assert shared.board(day).at == clock()


def test_a_period_that_is_over_is_kept_for_longer(embedded: Sessions) -> None:
    clock = Time()
    shared, yesterday = Shared(embedded, clock), period(Span.DAY, NOW.date() - timedelta(days=1))
    first = shared.board(yesterday)
    clock.passes(minutes=9)
    assert shared.board(yesterday) is first
    clock.passes(minutes=2)
    assert shared.board(yesterday) is not first


def test_who_reads_holds_up_nobody_and_cannot_write(sessions: Sessions) -> None:
    talk(sessions, "web-1", "你好")
    with readers(sessions)() as reading:
        assert reading.execute(text("SELECT COUNT(*) FROM utterances")).scalar() == 1
        talk(sessions, "web-2", "你好")  # while the other still reads
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            reading.execute(text("DELETE FROM utterances"))
    with sessions.begin() as session:  # the same connection writes again
        session.execute(text("DELETE FROM understandings"))
