"""What stops a meal: the cut-off of whoever brings it, a closed canteen, an allergy; and what is
offered instead."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from care.canteens import menu
from care.canteens.fitness import unfit
from care.canteens.model import Canteen, CanteenMeal
from care.canteens.way import DINE_IN, PICK_UP
from care.canteens.words import say_unfit
from care.catalogue.service import Catalogue
from care.conversations import service as conversations
from care.data_files import DATA
from care.desk.meal_ordering import meal_problems
from care.elders.event import events
from care.elders.model import Elder
from care.orders import asking, coming, life, series
from care.orders.attention import ALLERGY, NOBODY
from care.orders.booking import FullError
from care.orders.dispatch import ask_next, offer_to
from care.orders.model import Order
from care.orders.recurrence import Pattern
from care.orders.state import ACCEPTED, DRAFT, OFFERED, PLACED
from care.orders.steps import locked
from care.providers.model import ProviderDayOff
from care.storage.engine import Sessions
from tests.care.canteens import kitchen
from tests.care.canteens.kitchen import LUNCH, PEANUTS
from tests.care.orders import town
from tests.conftest import NOW

DAY = town.MONDAY


def cooks(session: Session, name: str = "康乐养老", places: int = 5) -> int:
    """A provider of all meals."""
    return town.provider(session, name, "早餐", "午餐", "晚餐", places=places)


def sensitive(session: Session) -> int:
    """王桂兰 must not eat peanuts."""
    number = town.elder(session)
    session.get_one(Elder, number).allergies = PEANUTS
    session.flush()
    return number


@pytest.fixture
def session(embedded: Sessions) -> Iterator[Session]:
    with embedded.begin() as opened:
        yield opened


def test_without_a_canteen_it_is_as_it_was(session: Session) -> None:
    for provided in (False, True):
        if provided:
            cooks(session)
        assert unfit(session, LUNCH, town.at(DAY, 11, 30)) is None
        late = unfit(session, LUNCH, town.at(DAY, 11, 31))
        assert late is not None
        assert (late.why, late.until) == ("late", town.at(DAY, 11, 30))
        assert late.better == replace(LUNCH, service="晚餐")


def test_a_round_closes_before_its_canteen_and_the_last_round_counts(session: Session) -> None:
    row = kitchen.canteen(session, cooks(session))
    kitchen.going_round(session, row, "额济纳旗", until=time(8))
    assert unfit(session, LUNCH, town.at(DAY, 10, 30)) is None  # it doesn't come by
    kitchen.going_round(session, row, "东关小区", until=time(9))
    assert unfit(session, LUNCH, town.at(DAY, 9)) is None
    late = unfit(session, LUNCH, town.at(DAY, 9, 1))
    assert late is not None
    assert late.until == town.at(DAY, 9)
    kitchen.going_round(session, row, town.REGION, until=time(10))
    assert unfit(session, LUNCH, town.at(DAY, 10)) is None


def test_who_goes_there_has_the_canteens_own_cut_off(session: Session) -> None:
    row = kitchen.canteen(session, cooks(session))
    kitchen.going_round(session, row, town.REGION, until=time(8))
    eats = replace(LUNCH, way=DINE_IN, canteen_id=row.id)
    assert unfit(session, eats, town.at(DAY, 10, 30)) is None
    late = unfit(session, eats, town.at(DAY, 10, 31))
    assert late is not None
    assert say_unfit(session, late, DAY) == (
        "今天的午餐要在今天10点30分以前订，现在来不及了。最近能订的是今天的晚餐，先给您记成这一顿，不合适您就说。"
    )


def test_the_evening_before_new_year(session: Session) -> None:
    row = kitchen.canteen(
        session, cooks(session), lunch=replace(kitchen.NOON, until=time(20), days_before=1)
    )
    new_year = date(2027, 1, 1)
    wish = replace(LUNCH, on=new_year, way=PICK_UP, canteen_id=row.id)
    assert unfit(session, wish, datetime(2026, 12, 31, 20, tzinfo=NOW.tzinfo)) is None
    late = unfit(session, wish, datetime(2026, 12, 31, 20, 1, tzinfo=NOW.tzinfo))
    assert late is not None
    assert late.better == replace(wish, service="晚餐")
    told = say_unfit(session, late, date(2026, 12, 31))
    assert told.startswith("明天的午餐要在今天20点以前订")


def test_a_closed_canteen_or_a_meal_that_it_doesnt_serve(session: Session) -> None:
    provider = cooks(session)
    row = kitchen.canteen(session, provider)
    session.delete(session.get_one(CanteenMeal, (row.id, "早餐")))
    wish = replace(LUNCH, service="早餐", way=DINE_IN, canteen_id=row.id)
    found = unfit(session, wish, NOW)
    assert found is not None
    assert (found.why, found.better) == ("closed", replace(wish, service="午餐"))
    assert say_unfit(session, found, town.TODAY).startswith("东关社区食堂后天没有早餐。")
    session.add(ProviderDayOff(provider_id=provider, on=DAY))
    lunch = replace(wish, service="午餐")
    found = unfit(session, lunch, NOW)
    assert found is not None
    assert found.better is not None
    assert found.better.on == DAY + timedelta(days=1)
    row.active = False
    found = unfit(session, lunch, NOW)
    assert found is not None
    assert found.better is None


def test_an_allergy_stops_the_meal_and_says_of_what(session: Session) -> None:
    row = kitchen.canteen(session, cooks(session))
    kitchen.cook(session, row, DAY, PEANUTS)
    kitchen.cook(session, row, DAY, PEANUTS, meal="晚餐", name="花生粥")
    assert unfit(session, LUNCH, NOW, frozenset({"鱼"})) is None
    found = unfit(session, LUNCH, NOW, PEANUTS | {"鱼"})
    assert found is not None
    assert (found.why, found.allergens) == ("allergy", ("花生",))
    assert found.better == replace(LUNCH, on=DAY + timedelta(days=1), service="早餐")
    assert say_unfit(session, found, town.TODAY) == (
        "您对花生过敏，后天午餐的宫保鸡丁里有花生，这一顿不能订。"
        "最近能订的是大后天的早餐，先给您记成这一顿，不合适您就说。"
    )
    assert "老人对花生过敏" in say_unfit(session, found, town.TODAY, desk=True)


def test_another_kitchen_without_it_gets_the_order(session: Session) -> None:
    better = cooks(session)
    kitchen.cook(session, kitchen.canteen(session, better), DAY, PEANUTS)
    other = cooks(session, "福寿养老")
    wish = replace(LUNCH, elder_id=sensitive(session))
    assert unfit(session, wish, NOW, PEANUTS) is None
    order = town.place(session, wish)
    ask_next(session, locked(session, order.id), town.act())
    assert (order.state, order.provider_id) == (OFFERED, other)


def test_who_had_closed_when_it_was_ordered_isnt_asked(session: Session) -> None:
    early = cooks(session)
    kitchen.canteen(session, early, lunch=replace(kitchen.NOON, until=time(9)))
    other = cooks(session, "福寿养老")
    now = town.at(DAY, 9, 30)
    order = town.place(session, LUNCH, now)
    ask_next(session, locked(session, order.id), town.act(now))
    assert order.provider_id == other
    in_time = town.place(session, LUNCH, town.at(DAY, 8, 59))
    ask_next(session, locked(session, in_time.id), town.act(now))
    assert in_time.provider_id == early


def test_who_eats_there_is_offered_to_that_canteen_alone_and_its_seats_are_counted(
    session: Session,
) -> None:
    cooks(session, "福寿养老")
    provider = cooks(session)
    row = kitchen.canteen(session, provider, lunch=replace(kitchen.NOON, seats=2))
    eats = replace(LUNCH, way=DINE_IN, canteen_id=row.id)
    for _ in range(2):
        order = town.place(session, eats)
        ask_next(session, locked(session, order.id), town.act())
        assert (order.state, order.provider_id) == (OFFERED, provider)
    third = town.place(session, eats)
    ask_next(session, locked(session, third.id), town.act())
    assert (third.state, third.attention) == (PLACED, NOBODY)
    with pytest.raises(FullError):
        offer_to(session, third, provider, town.act())
    brought = town.place(session, replace(LUNCH, count=5))
    offer_to(session, brought, provider, town.act())  # the portions are the provider's own
    assert brought.state == OFFERED


def test_a_menu_that_comes_later_puts_the_order_on_the_desks_list_until_it_is_settled(
    session: Session,
) -> None:
    provider = cooks(session)
    row = kitchen.canteen(session, provider)
    order = town.place(session, replace(LUNCH, elder_id=sensitive(session)))
    ask_next(session, locked(session, order.id), town.act())
    assert kitchen.cook(session, row, DAY, {"鱼"}) == 0
    assert kitchen.cook(session, row, DAY, PEANUTS) == 1
    life.accept(session, order.id, town.act(), provider_id=provider)
    assert (order.state, order.attention) == (ACCEPTED, ALLERGY)
    life.reassign(session, order.id, town.act())
    assert order.attention is None
    ask_next(session, locked(session, order.id), town.act())
    assert (order.state, order.attention) == (PLACED, NOBODY)


def test_an_allergy_that_is_told_later_puts_the_order_on_the_desks_list(session: Session) -> None:
    provider = cooks(session)
    row = kitchen.canteen(session, provider)
    kitchen.cook(session, row, DAY, PEANUTS)
    number = town.elder(session)
    eaten, coming_ = (
        town.place(session, replace(LUNCH, elder_id=number, on=DAY + timedelta(days=days)))
        for days in (0, 1)
    )
    for order in (eaten, coming_):
        ask_next(session, locked(session, order.id), town.act())
    assert menu.recheck(session, number, town.act()) == 0
    session.get_one(Elder, number).allergies = PEANUTS
    assert menu.recheck(session, number, town.act(NOW + timedelta(days=5))) == 0
    assert menu.recheck(session, number, town.act()) == 1
    assert (eaten.attention, coming_.attention) == (ALLERGY, None)


def test_a_standing_order_asks_on_the_day_of_the_peanuts(session: Session) -> None:
    row = kitchen.canteen(session, cooks(session))
    kitchen.cook(session, row, DAY, PEANUTS)
    wish = replace(LUNCH, elder_id=sensitive(session))
    kept = series.begin(
        session, wish, Pattern("weekdays", tuple(range(7))), conversation_id=None, now=NOW
    )
    made = coming.make(session, Catalogue.load(DATA), kept.id, NOW)
    talk = conversations.open_conversation(
        session, sender_id="tel:13800000001", channel="phone", now=NOW
    )
    session.flush()
    # A mere 要不要 would ask them to eat what they must not.
    assert asking.next_draft(session, talk.id, NOW) is None
    by_day = {order.on: (order.state, order.attention) for order in made}
    assert by_day.pop(DAY) == (DRAFT, ALLERGY)
    assert set(by_day.values()) == {(PLACED, None)}


def test_the_desk_knows_whose_meal_it_is_and_notes_what_it_stopped(session: Session) -> None:
    row = kitchen.canteen(session, cooks(session))
    kitchen.cook(session, row, DAY, PEANUTS)
    number = sensitive(session)
    told = meal_problems(session, LUNCH, town.act(by="li"))
    assert "花生" in told["on"]
    [event] = events(session, number, count=5)
    assert (event.kind, event.by, event.after) == ("meal_stopped", "li", f"{DAY} 午餐 花生")
    assert meal_problems(session, replace(LUNCH, person="李大爷"), town.act()) == {}


def test_a_change_of_the_door_is_no_new_order(session: Session) -> None:
    cooks(session)
    order: Order = town.place(session, LUNCH)
    late = town.act(town.at(DAY, 12))
    assert meal_problems(session, replace(LUNCH, place="西关"), late, instead_of=order) == {}
    assert meal_problems(session, replace(LUNCH, region="额济纳旗"), late, instead_of=order)
    assert meal_problems(session, replace(LUNCH, service="早餐"), late, instead_of=order)


def test_a_canteen_row_says_who_it_is(session: Session) -> None:
    row = kitchen.canteen(session, cooks(session))
    found = session.get_one(Canteen, row.id)
    assert (found.phone, found.region, found.kind) == ("04838234567", town.REGION, "canteen")
