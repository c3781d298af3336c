"""The same meal of the same day isn't ordered twice for the same elder, whoever orders it and
however many do at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.desk.meal_ordering import order_problems
from care.orders import coming, life, series
from care.orders import service as orders
from care.orders.model import Order
from care.orders.recurrence import Pattern
from care.orders.steps import locked
from care.orders.twice import ordered_already
from care.orders.wish import Wish
from care.storage.engine import Sessions
from tests.care.orders import town
from tests.care.orders.town import LUNCH, act
from tests.conftest import NOW

CATALOGUE = Catalogue.load(DATA)
DAILY = Pattern("weekdays", tuple(range(7)))


def _told(session: Session, wish: Wish, instead_of: Order | None = None) -> str:
    return order_problems(session, CATALOGUE, wish, act(), instead_of=instead_of).get("on", "")


@pytest.mark.parametrize(
    ("wish", "is_twice"),
    [
        (LUNCH, True),
        (replace(LUNCH, place="西关小区1号楼", count=1, diet="软食"), True),
        (replace(LUNCH, person="王贵兰"), True),
        (replace(LUNCH, person="李大爷"), False),
        (replace(LUNCH, phone="13900000002"), False),
        (replace(LUNCH, service="晚餐"), False),
        (replace(LUNCH, on=LUNCH.on + timedelta(days=1)), False),
    ],
)
def test_whose_and_which_meal_it_is(sessions: Sessions, wish: Wish, is_twice: bool) -> None:
    with sessions.begin() as session:
        order = town.place(session, LUNCH)
        found = ordered_already(session, wish)
        assert (found is not None) == is_twice
        assert ordered_already(session, wish, instead_of=order) is None
        assert (order.ref in _told(session, wish)) == is_twice


def test_a_record_says_better_who_it_is_than_name_and_number(sessions: Sessions) -> None:
    with sessions.begin() as session:
        one, other = town.elder(session), town.elder(session, phone="13900000002")
        town.place(session, replace(LUNCH, elder_id=one))
        by_daughter = replace(LUNCH, elder_id=one, phone="13800000101", person="妈")
        assert ordered_already(session, by_daughter) is not None
        assert ordered_already(session, replace(LUNCH, elder_id=other)) is None
        assert ordered_already(session, replace(LUNCH, elder_id=None)) is not None


def test_two_services_on_a_day_are_fine(sessions: Sessions) -> None:
    with sessions.begin() as session:
        town.place(session, town.HAIRCUT)
        assert order_problems(session, CATALOGUE, town.HAIRCUT, act()) == {}


def test_what_was_cancelled_is_no_second_one(sessions: Sessions) -> None:
    with sessions.begin() as session:
        order = town.place(session, LUNCH)
        assert _told(session, LUNCH).startswith("老人后天的午餐已经有2份了（单号")
        life.cancel(session, order.id, act())
        assert _told(session, LUNCH) == ""


def _by_day(session: Session, on: date) -> list[Order]:
    return list(session.scalars(select(Order).where(Order.on == on).order_by(Order.id)))


def test_a_day_of_a_standing_order_isnt_put_off_onto_the_next(sessions: Sessions) -> None:
    with sessions.begin() as session:
        kept = series.begin(session, LUNCH, DAILY, conversation_id=None, now=NOW)
        coming.make(session, CATALOGUE, kept.id, NOW)
        [monday] = _by_day(session, LUNCH.on)
        [tuesday] = _by_day(session, LUNCH.on + timedelta(days=1))
        later = replace(LUNCH, on=tuesday.on)
        assert tuesday.ref in _told(session, later, monday)
        more = replace(LUNCH, count=3)
        assert _told(session, more, monday) == ""


def test_a_standing_order_makes_no_second_one_for_a_day(sessions: Sessions) -> None:
    with sessions.begin() as session:
        single = town.place(session, LUNCH)
        kept = series.begin(session, LUNCH, DAILY, conversation_id=None, now=NOW)
        made = coming.make(session, CATALOGUE, kept.id, NOW)
        assert LUNCH.on not in {order.on for order in made}
        assert len(made) == 5
        assert _by_day(session, LUNCH.on) == [single]
        life.cancel(session, single.id, act())
        assert [order.on for order in coming.make(session, CATALOGUE, kept.id, NOW)] == [LUNCH.on]


def _place(sessions: Sessions, wish: Wish, _nth: int) -> bool:
    with sessions.begin() as session:
        if order_problems(session, CATALOGUE, wish, act()):
            return False
        town.place(session, wish)
        return True


def _put_off(sessions: Sessions, wish: Wish, nth: int) -> bool:
    """Onto the day of `wish`, from one of the days before."""
    with sessions.begin() as session:
        order = locked(session, nth + 1)
        if order_problems(session, CATALOGUE, wish, act(), instead_of=order):
            return False
        orders.change(session, order, wish, NOW)
        return True


@pytest.mark.parametrize("do", [_place, _put_off])
def test_of_many_at_once_one_is_the_first(
    sessions: Sessions, do: Callable[[Sessions, Wish, int], bool]
) -> None:
    many = 6
    with sessions.begin() as session:
        number = town.elder(session)
        wish = replace(LUNCH, elder_id=number, on=LUNCH.on + timedelta(days=many))
        if do is _put_off:
            for nth in range(many):
                town.place(session, replace(wish, on=LUNCH.on + timedelta(days=nth)))
    gate = threading.Barrier(many)

    def at_once(nth: int) -> bool:
        gate.wait()
        return do(sessions, wish, nth)

    with ThreadPoolExecutor(many) as pool:
        assert sorted(pool.map(at_once, range(many))) == [False] * (many - 1) + [True]
    with sessions() as session:
        there = select(func.count()).select_from(Order).where(Order.on == wish.on)
        assert session.scalar(there) == 1
