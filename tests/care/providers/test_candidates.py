"""Who is offered what: contract, area, service, capacity, days off, quality."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.providers import register, service
from care.providers.model import Provider
from care.providers.refused import RefusedError
from care.providers.register import Facts
from care.providers.slot import BEGINS, Slot, slot_of
from care.regions.region import Regions
from care.storage.engine import Sessions
from tests.care.orders.town import MONDAY
from tests.conftest import NOW

REGIONS = Regions.load(DATA / "regions.yml")
CATALOGUE = Catalogue.load(DATA)
BY: Any = {"by": "班长", "now": NOW}
NINE = time(9)


def enlist(
    session: Session, name: str, region: str = "阿拉善左旗", *, ends: date = MONDAY
) -> Provider:
    """A provider of haircuts on Mondays before eleven, whose contract ends on that Monday."""
    row = register.add(session, Facts(name, "0483-8234567"), **BY)
    begins = MONDAY - timedelta(days=30)
    register.sign(session, row, "A-1", min(begins, ends), ends, **BY)
    register.set_areas(session, row, [region], REGIONS, **BY)
    register.set_services(session, row, ["理发"], CATALOGUE, **BY)
    register.set_capacity(session, row, "", {(0, Slot.MORNING): 2}, **BY)
    session.flush()
    return row


def found(session: Session, region: str | None = "巴彦浩特镇", on: date = MONDAY) -> list[str]:
    """Whoever may be offered a haircut at nine."""
    return [row.name for row in service.candidates(session, "理发", region, on, NINE)]


def test_the_better_comes_first_and_whoever_was_asked_is_left_out(sessions: Sessions) -> None:
    with sessions.begin() as session:
        enlist(session, "康乐")
        better = enlist(session, "幸福", "阿拉善盟")
        better.quality = 90
        session.flush()
        assert found(session) == ["幸福", "康乐"]
        left = service.candidates(session, "理发", "巴彦浩特镇", MONDAY, NINE, without=[better.id])
        assert [row.name for row in left] == ["康乐"]


def test_nobody_without_a_running_contract(sessions: Sessions) -> None:
    with sessions.begin() as session:
        row = enlist(session, "康乐", ends=MONDAY - timedelta(days=1))
        assert found(session) == []
        assert service.capacity(session, row.id, "理发", MONDAY, Slot.MORNING) == 0
        register.sign(session, row, "A-2", MONDAY, MONDAY, **BY)
        session.flush()
        assert found(session) == ["康乐"]
        assert found(session, on=MONDAY + timedelta(days=7)) == []


@pytest.mark.parametrize("region", ["额济纳旗", "兴庆区", None, "没有的地方"])
def test_nobody_elsewhere_nor_where_the_place_is_unknown(
    embedded: Sessions, region: str | None
) -> None:
    with embedded.begin() as session:
        enlist(session, "康乐")
        assert found(session, region) == []


def test_a_day_off_a_stop_and_an_empty_slot_take_nothing(sessions: Sessions) -> None:
    with sessions.begin() as session:
        row = enlist(session, "康乐")
        assert service.candidates(session, "理发", "阿拉善左旗", MONDAY, time(15)) == []
        register.close_on(session, row, MONDAY, "过节", **BY)
        session.flush()
        assert found(session) == []
        assert service.capacity(session, row.id, "理发", MONDAY, Slot.MORNING) == 0
        other = enlist(session, "幸福")
        assert found(session) == ["幸福"]
        register.set_active(session, other, False, **BY)
        session.flush()
        assert found(session) == []


def test_a_service_with_a_capacity_of_its_own_shares_none(sessions: Sessions) -> None:
    with sessions.begin() as session:
        row = enlist(session, "康乐")
        own = {(0, Slot.MORNING): 7}
        register.set_capacity(session, row, "理发", own, **BY)
        session.flush()
        assert service.capacity(session, row.id, "理发", MONDAY, Slot.MORNING) == 7
        assert service.capacity(session, row.id, "代购", MONDAY, Slot.MORNING) == 2
        register.set_capacity(session, row, "理发", {}, **BY)
        session.flush()
        assert service.capacity(session, row.id, "理发", MONDAY, Slot.MORNING) == 2


def test_what_is_filled_in_wrong_is_said_and_nothing_changes(embedded: Sessions) -> None:
    with embedded.begin() as session:
        row = enlist(session, "康乐")
        for kind, attempt in (
            ("name_taken", lambda: enlist(session, "康乐")),
            ("phone_bad", lambda: register.change(session, row, Facts("康乐", "12"), **BY)),
            ("provider_name_bad", lambda: register.change(session, row, Facts(" ", "0483"), **BY)),
            ("dates_bad", lambda: register.sign(session, row, "1", MONDAY, date(2020, 1, 1), **BY)),
            ("number_missing", lambda: register.sign(session, row, " ", MONDAY, MONDAY, **BY)),
            ("region_unknown", lambda: register.set_areas(session, row, ["火星"], REGIONS, **BY)),
            (
                "service_unknown",
                lambda: register.set_services(session, row, ["火"], CATALOGUE, **BY),
            ),
            (
                "count_bad",
                lambda: register.set_capacity(session, row, "", {(0, Slot.NOON): -1}, **BY),
            ),
        ):
            with pytest.raises(RefusedError) as refused:
                attempt()
            assert refused.value.kind == kind
        assert found(session) == ["康乐"]


@given(st.times())
def test_every_hour_is_in_the_slot_that_began_last(at: time) -> None:
    slot = slot_of("理发", at)
    assert BEGINS[slot] <= at
    later = [each for each in Slot if BEGINS[each] > BEGINS[slot]]
    assert all(at < BEGINS[each] for each in later)


def test_meals_have_slots_of_their_own() -> None:
    assert [slot_of(meal, None) for meal in ("早餐", "午餐", "晚餐")] == [
        Slot.MORNING,
        Slot.NOON,
        Slot.EVENING,
    ]
