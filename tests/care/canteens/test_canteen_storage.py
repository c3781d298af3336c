"""Canteens, menus and seats on both databases; seats are never sold twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from care.canteens import menu, menu_import, register
from care.canteens.dish_reading import ReadDish
from care.canteens.menu_import import DONE
from care.canteens.model import Canteen, MenuImport
from care.canteens.refused import RefusedError
from care.canteens.way import DINE_IN, PICK_UP
from care.orders.booked import ProviderSlot
from care.orders.booking import FullError
from care.orders.dispatch import offer_to
from care.orders.steps import locked
from care.providers import history
from care.storage.engine import Sessions
from tests.care.canteens import kitchen
from tests.care.canteens.kitchen import LUNCH, PEANUTS
from tests.care.orders import town
from tests.conftest import NOW

DAY = town.MONDAY


def opened(sessions: Sessions, seats: int | None = None) -> int:
    """康乐's canteen."""
    with sessions.begin() as session:
        provider = town.provider(session, "康乐养老", "午餐", places=50)
        lunch = replace(kitchen.NOON, seats=seats)
        return kitchen.canteen(session, provider, lunch=lunch).id


def test_as_many_eat_there_as_there_are_seats_however_many_ask_at_once(
    sessions: Sessions,
) -> None:
    number = opened(sessions, seats=3)
    wish = replace(LUNCH, way=DINE_IN, canteen_id=number)
    with sessions.begin() as session:
        orders = [town.place(session, wish).id for _ in range(8)]
        fetched = town.place(session, replace(wish, way=PICK_UP)).id
    gate = threading.Barrier(4)

    def ask(share: list[int]) -> int:
        gate.wait()
        got = 0
        for order in share:
            try:
                with sessions.begin() as session:
                    offer_to(session, locked(session, order), 1, town.act())
            except FullError:
                continue
            got += 1
        return got

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(ask, [orders[n::4] for n in range(4)])) == 3
    with sessions.begin() as session:
        offer_to(session, locked(session, fetched), 1, town.act())
    with sessions() as session:
        slots = session.scalars(select(ProviderSlot).order_by(ProviderSlot.pool))
        assert {slot.pool: slot.taken for slot in slots} == {"": 1, f"canteen {number}": 3}


def test_a_menu_replaces_that_day_and_meal_alone(sessions: Sessions) -> None:
    number = opened(sessions)
    other = DAY + timedelta(days=1)
    with sessions.begin() as session:
        row = session.get_one(Canteen, number)
        for on in (DAY, other):
            kitchen.cook(session, row, on, PEANUTS)
        fresh = ReadDish(DAY, "午餐", "面条", None, frozenset({"软食"}), frozenset({"麸质"}))
        menu.publish(session, row, [fresh], town.act())
    with sessions() as session:
        found = menu.by_day(menu.dishes(session, number, DAY, other))
        names = {on: [dish.name for dish in meals["午餐"]] for on, meals in found.items()}
        assert names == {DAY: ["面条"], other: ["米饭", "宫保鸡丁"]}
        [noodles] = found[DAY]["午餐"]
        assert (noodles.price, noodles.diets, noodles.allergens) == (None, {"软食"}, {"麸质"})


def test_what_is_kept_can_be_changed_and_names_are_taken_once(sessions: Sessions) -> None:
    number = opened(sessions)
    with sessions.begin() as session:
        row = session.get_one(Canteen, number)
        with pytest.raises(RefusedError, match="已经有了"):
            register.add(session, row.provider_id, kitchen.FACTS, kitchen.REGIONS, town.act())
        facts = replace(kitchen.FACTS, name="西关食堂", region="巴镇", ways=(PICK_UP,))
        register.change(session, row, facts, kitchen.REGIONS, town.act())
        only = {"午餐": replace(kitchen.NOON, until=time(9))}
        register.set_meals(session, row, only, town.act())
        course = kitchen.going_round(session, row, "东关小区", days_before=1, until=time(20))
        register.set_round_active(session, row, course, False, town.act())
        register.set_active(session, row, False, town.act())
        told = [event.note for event in history.latest(session, row.provider_id, count=6)]
        assert told == [
            "西关食堂 停了",
            "西关食堂 路线 东线 停了",
            "西关食堂 路线 东线",
            "西关食堂 开饭和截单",
            "西关食堂 资料",
            "东关社区食堂 开饭和截单",
        ]
    with sessions() as session:
        row = session.get_one(Canteen, number)
        assert (row.name, row.region, row.ways) == ("西关食堂", "巴彦浩特镇", {PICK_UP})
        assert list(register.meals(session, number)) == ["午餐"]
        [course] = register.rounds(session, number)
        assert (course.until, course.days_before) == (time(20), 1)


def test_a_sheet_waits_for_its_own_person_and_is_forgotten(sessions: Sessions) -> None:
    number = opened(sessions)
    rows = [(2, {"name": "鱼"})]
    with sessions.begin() as session:
        kept = menu_import.keep(session, number, rows, file="a" * 200, by="li", now=NOW)
        which = kept.id
    for who in ("wang", "li"):
        with sessions.begin() as session:
            if who == "wang":
                with pytest.raises(RefusedError, match="不是您传的"):
                    menu_import.waiting(session, which, who)
                continue
            found = menu_import.waiting(session, which, who)
            assert menu_import.kept_rows(found) == rows
            menu_import.end(found, DONE, NOW, 1)
    with sessions() as session:
        row = session.get_one(MenuImport, which)
        assert (row.rows, row.state, row.dishes, len(row.file)) == (None, DONE, 1, 100)
        with pytest.raises(RefusedError):
            menu_import.waiting(session, which, "li")
