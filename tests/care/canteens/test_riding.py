"""The riders' lists: who gets what on which round, who may see and tick it, and the workbook."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from care.canteens.delivering import deliver
from care.canteens.rider_sheet import label, workbook
from care.canteens.riding import NO_ROUND, legs
from care.canteens.way import DINE_IN
from care.desk.number import masked
from care.elders.model import Elder
from care.orders import life
from care.orders.model import Order
from care.orders.state import DONE
from care.orders.wish import Wish
from care.providers import workers
from care.providers.refused import RefusedError
from care.providers.signed_in import ProviderPerson
from care.storage.engine import Sessions
from tests.care.canteens import kitchen
from tests.care.canteens.kitchen import LUNCH, PEANUTS
from tests.care.orders import town
from tests.conftest import NOW

DAY = town.MONDAY
NOON = town.at(DAY, 12)


def person(provider: int, worker: int | None = None) -> ProviderPerson:
    """Of the office, or a rider."""
    return ProviderPerson(1, provider, "康乐养老", worker, "小李" if worker else "康乐", "")


def accepted(session: Session, provider: int, wish: Wish = LUNCH) -> Order:
    """An order that this provider has."""
    order = town.place(session, wish)
    due = town.at(DAY, 9)
    life.offer(session, order.id, provider, town.act(), places=50, due=due)
    return life.accept(session, order.id, town.act(), provider_id=provider)


def scene(session: Session) -> tuple[int, int, list[Order]]:
    """A provider, its rider of 东线, and orders: two on the round, one off it, one who comes."""
    provider = town.provider(session, "康乐养老", "午餐", places=50)
    rider = workers.add(session, provider, "小李", "13900000001", by="t", now=NOW).id
    row = kitchen.canteen(session, provider)
    kitchen.going_round(session, row, "东关小区", worker=rider)
    number = town.elder(session)
    elder = session.get_one(Elder, number)
    elder.allergies, elder.diet = PEANUTS, "软食"
    kitchen.cook(session, row, DAY, PEANUTS)
    wishes = (
        replace(LUNCH, elder_id=number),
        replace(LUNCH, place="东关小区1号楼", person="李大爷", count=3, diet="清真"),
        replace(LUNCH, place="西关7号", person="赵奶奶"),
        replace(LUNCH, way=DINE_IN, canteen_id=row.id, place=row.name, person="孙爷爷"),
    )
    return provider, rider, [accepted(session, provider, wish) for wish in wishes]


def test_each_stop_stands_on_its_round_with_what_matters(embedded: Sessions) -> None:
    with embedded.begin() as session:
        provider, _, _ = scene(session)
        found = legs(session, provider, DAY, "午餐")
        told = {label(leg): [stop.order.person for stop in leg.stops] for leg in found}
        assert told == {
            "东线": ["李大爷", "王桂兰"],
            NO_ROUND: ["赵奶奶"],
            "东关社区食堂 堂食": ["孙爷爷"],
        }
        [east, *_] = found
        assert (east.portions, east.left) == (4, 4)
        other, wang = east.stops
        assert (other.diet, other.allergies) == ("清真", ())
        assert (wang.diet, wang.allergies, wang.harmful) == ("软食", ("花生",), ("宫保鸡丁",))
        assert [label(leg) for leg in legs(session, provider, DAY, "晚餐")] == []


def test_a_rider_sees_and_ticks_their_own_round_alone(embedded: Sessions) -> None:
    with embedded.begin() as session:
        provider, rider, orders = scene(session)
    mine = person(provider, rider)
    with embedded.begin() as session:
        [leg] = legs(session, provider, DAY, "午餐", mine)
        assert leg.name == "东线"
        for _ in range(2):
            order = deliver(session, mine, orders[0].id, NOON)
        assert (order.state, order.worker_id, order.done_at) == (DONE, rider, NOON)
        [leg] = legs(session, provider, DAY, "午餐", mine)
        assert leg.left == 3
    for who, number in ((mine, orders[2].id), (person(provider + 1), orders[1].id)):
        with pytest.raises(RefusedError, match="不是您的"), embedded.begin() as session:
            deliver(session, who, number, NOON)
    with pytest.raises(RefusedError, match="还没到日子"), embedded.begin() as session:
        deliver(session, mine, orders[1].id, NOW)
    with embedded.begin() as session:
        assert deliver(session, person(provider), orders[3].id, NOON).state == DONE


def test_the_workbook_has_a_sheet_a_round_and_forgets_who_has_eaten(embedded: Sessions) -> None:
    with embedded.begin() as session:
        provider, rider, orders = scene(session)
        orders[1].person = "=cmd()"
        session.flush()
        deliver(session, person(provider, rider), orders[0].id, NOON)
        found = legs(session, provider, DAY, "午餐")
        full = load_workbook(BytesIO(workbook(found, DAY, "午餐")))
        hidden = load_workbook(BytesIO(workbook(found, DAY, "午餐", masked)))
    assert full.sheetnames == ["东线", NO_ROUND, "东关社区食堂 堂食"]
    head, _, first, second = full["东线"].iter_rows(values_only=True)
    assert head[0] == "2026-11-23 午餐 东线 11:00 出发 小李 共 4 份"
    assert first[1:5] == ("'=cmd()", "东关小区1号楼", "3", "清真")
    assert (first[6], second[1], second[6]) == ("13800000001", None, None)
    assert second[7:] == ("别给：宫保鸡丁", "√")
    assert hidden["东线"]["G3"].value == "138****0001"
    assert load_workbook(BytesIO(workbook([], DAY, "午餐"))).sheetnames == ["空"]
