"""Whoever dies or moves away gets nothing more: orders, standing orders and visits end at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.desk import callbacks
from care.desk.leaving import set_state
from care.elders.event import events
from care.elders.model import ACTIVE, DECEASED, MOVED, Elder
from care.orders import booking, coming, life, series
from care.orders import service as orders
from care.orders.model import Order
from care.orders.recurrence import Pattern
from care.orders.standing import OrderSeries
from care.orders.steps import Act
from care.storage.engine import Sessions
from care.visits.model import Visit
from care.visits.state import State
from tests.care.orders import town
from tests.care.orders.town import HAIRCUT, LUNCH, TODAY
from tests.conftest import NOW

ACT = Act("zhang", NOW, "desk")


def gone(sessions: Sessions, number: int, state: str = DECEASED) -> int:
    with sessions.begin() as session:
        return set_state(session, session.get_one(Elder, number), state, ACT)


def state_of(sessions: Sessions, number: int) -> str:
    with sessions() as session:
        return session.get_one(Order, number).state


@pytest.mark.parametrize("state", [DECEASED, MOVED])
def test_nothing_comes_any_more(sessions: Sessions, state: str) -> None:
    with sessions.begin() as session:
        elder = town.elder(session)
        other = town.elder(session, phone="13800000002")
        barber = town.provider(session, "理发店", HAIRCUT.service)
        own = replace(HAIRCUT, elder_id=elder)
        placed = orders.place(session, own, conversation_id=None, now=NOW).id
        accepted = orders.place(session, own, conversation_id=None, now=NOW).id
        life.offer(session, accepted, barber, ACT, places=1, due=NOW)
        life.accept(session, accepted, ACT, provider_id=barber)
        unsure = orders.place(session, HAIRCUT, conversation_id=None, now=NOW).id
        theirs = replace(HAIRCUT, elder_id=other, phone="13800000002")
        kept = orders.place(session, theirs, conversation_id=None, now=NOW).id
        daily = replace(LUNCH, elder_id=elder, count=1, on=TODAY + timedelta(days=1))
        standing = series.begin(
            session, daily, Pattern("weekdays", tuple(range(7))), conversation_id=None, now=NOW
        ).id
        visit = Visit(
            elder_id=elder, month=TODAY.replace(day=1), nth=1, rule="r", by_phone=True,
            due_from=TODAY, due_on=TODAY,
        )  # fmt: skip
        session.add(visit)
    with sessions.begin() as session:
        made = coming.make(session, Catalogue.load(DATA), standing, NOW)
        days = len(made)
    assert days > 0
    assert gone(sessions, elder, state) == 3 + days + 2
    for number in (placed, accepted, unsure):
        assert state_of(sessions, number) == "cancelled"
    assert state_of(sessions, kept) == "placed"
    with sessions.begin() as session:
        assert session.get_one(OrderSeries, standing).ends == TODAY - timedelta(days=1)
        rows = session.scalars(select(Order).where(Order.series_id == standing))
        assert {row.state for row in rows} == {"cancelled"}
        assert coming.make(session, Catalogue.load(DATA), standing, NOW) == []
        assert session.get_one(Visit, visit.id).state == State.DROPPED
        last = orders.events(session, session.get_one(Order, accepted))[-1]
        assert (last.kind, last.by, last.how) == ("cancelled", "zhang", "desk")
        assert last.note in {"老人去世了", "老人迁出了"}
        free = orders.place(session, theirs, conversation_id=None, now=NOW)
        booking.take(session, free, barber, 1)
        assert callbacks.still_open(session) == []
    assert gone(sessions, elder, state) == 0


def test_what_was_for_several_is_asked_about(embedded: Sessions) -> None:
    with embedded.begin() as session:
        elder = town.elder(session)
        wish = replace(LUNCH, elder_id=elder)
        orders.place(session, wish, conversation_id=None, now=NOW)
    gone(embedded, elder)
    with embedded() as session:
        [asked] = callbacks.still_open(session)
    assert (asked.phone, asked.person) == (LUNCH.phone, "")
    assert "王桂兰：老人去世了" in asked.about


def test_what_has_begun_and_what_was_goes_its_way(embedded: Sessions) -> None:
    with embedded.begin() as session:
        elder = town.elder(session)
        own = replace(HAIRCUT, elder_id=elder)
        begun = orders.place(session, own, conversation_id=None, now=NOW).id
        life.offer(session, begun, 1, ACT, places=1, due=NOW)
        life.accept(session, begun, ACT, provider_id=1)
        life.start(session, begun, ACT, provider_id=1)
        past = replace(own, on=TODAY - timedelta(days=1))
        before = orders.place(session, past, conversation_id=None, now=NOW).id
    assert gone(embedded, elder) == 0
    assert (state_of(embedded, begun), state_of(embedded, before)) == ("under_way", "placed")


def test_who_comes_back_gets_nothing_by_itself(embedded: Sessions) -> None:
    with embedded.begin() as session:
        elder = town.elder(session)
        number = orders.place(
            session, replace(HAIRCUT, elder_id=elder), conversation_id=None, now=NOW
        ).id
    gone(embedded, elder, MOVED)
    assert gone(embedded, elder, ACTIVE) == 0
    assert state_of(embedded, number) == "cancelled"
    with embedded() as session:
        assert [each.after for each in events(session, elder, count=2)] == [ACTIVE, MOVED]
