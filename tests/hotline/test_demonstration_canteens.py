"""Demonstration canteens: near invented elders, and with a menu whenever one looks."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.canteens import menu, register
from care.canteens.dish_reading import ReadDish
from care.canteens.fitness import allergies_of, unfit
from care.canteens.kitchens import kitchens
from care.canteens.menu_talk import tell
from care.canteens.menu_words import Asked
from care.canteens.model import Canteen, Dish
from care.canteens.way import WAYS
from care.data_files import DATA
from care.elders.model import Elder
from care.orders.model import Order
from care.orders.steps import Act
from care.orders.wish import wish_of
from care.providers.slot import MEALS
from care.regions.region import Regions
from care.storage.engine import Sessions
from hotline.demonstration import fill
from hotline.demonstration_canteens import renew
from tests.conftest import NOW

REGIONS = Regions.load(DATA / "regions.yml")
NEXT_SUNDAY = date(2026, 11, 29)
"""NOW is a Saturday, and the next week ends on the Sunday after next."""


def _days(session: Session, canteen: Canteen) -> set[date]:
    return set(session.scalars(select(Dish.on).where(Dish.canteen_id == canteen.id)))


def _canteens(session: Session) -> list[Canteen]:
    return list(session.scalars(select(Canteen).order_by(Canteen.id)))


@pytest.mark.parametrize("weekday", range(7))
def test_menus_go_from_today_to_the_end_of_next_week(embedded: Sessions, weekday: int) -> None:
    monday = date(2026, 12, 28)  # the week in which the year changes
    today = monday + timedelta(days=weekday)
    fill(embedded, datetime.combine(today, NOW.timetz()))
    with embedded() as session:
        for canteen in _canteens(session):
            assert _days(session, canteen) == {
                today + timedelta(days=n) for n in range(14 - weekday)
            }


def test_they_are_renewed_when_a_week_begins_and_otherwise_left_alone(sessions: Sessions) -> None:
    fill(sessions, NOW)
    assert renew(sessions, lambda: NOW + timedelta(hours=12)) == 0
    monday = NOW + timedelta(days=2)
    assert renew(sessions, lambda: monday) > 0
    assert renew(sessions, lambda: monday + timedelta(days=6)) == 0
    with sessions() as session:
        for canteen in _canteens(session):
            assert max(_days(session, canteen)) == NEXT_SUNDAY + timedelta(days=7)
    assert renew(sessions, lambda: NOW + timedelta(days=60)) > 0


def test_what_somebody_put_up_or_stopped_stays(embedded: Sessions) -> None:
    fill(embedded, NOW)
    own = NEXT_SUNDAY + timedelta(days=3)
    with embedded.begin() as session:
        first, second = _canteens(session)
        dish = ReadDish(own, "午餐", "饺子", None, frozenset(), frozenset())
        menu.publish(session, first, [dish], Act("li", NOW))
        register.set_active(session, second, False, Act("li", NOW))
    renew(embedded, lambda: NOW + timedelta(days=7))
    with embedded() as session:
        first, second = _canteens(session)
        cooked = [each.name for each in menu.dishes(session, first.id, own, own)]
        assert [name for name in cooked if name == "饺子"]
        served = {each.meal for each in menu.dishes(session, first.id, own, own)}
        assert served == set(MEALS)
        lunch = [e.name for e in menu.dishes(session, first.id, own, own) if e.meal == "午餐"]
        assert lunch == ["饺子"]
        assert max(_days(session, second)) == NEXT_SUNDAY


def test_where_nothing_is_for_demonstration_nothing_is_put_up(embedded: Sessions) -> None:
    assert renew(embedded, lambda: NOW) == 0
    with embedded() as session:
        assert session.scalar(select(func.count()).select_from(Dish)) == 0


def test_an_elder_near_by_hears_what_there_is(embedded: Sessions) -> None:
    fill(embedded, NOW)
    with embedded() as session:
        for on in (NOW.date() + timedelta(days=n) for n in range(8)):
            for elder in session.scalars(
                select(Elder).where(Elder.region.in_(["纳林高勒社区", "兴庆区"]))
            ):
                told = tell(session, Asked(on, None), elder.region, REGIONS, today=NOW.date())
                assert "示例" in told
                assert "午餐有：" in told
        assert {frozenset(row.ways) for row in _canteens(session)} == {frozenset(WAYS)}


@pytest.mark.parametrize("days", range(7))
def test_what_is_ordered_for_them_can_be_had_on_whichever_day(
    embedded: Sessions, days: int
) -> None:
    now = NOW + timedelta(days=days)
    fill(embedded, now)
    cooked = 0
    with embedded.begin() as session:
        for order in session.scalars(select(Order)):
            wish = wish_of(order)
            cooked += bool(kitchens(session, wish))
            allergies = allergies_of(session, order.elder_id)
            assert unfit(session, wish, now, allergies, instead_of=order) is None
    assert cooked == 2
