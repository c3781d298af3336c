"""How long before a service is ordered, and for whom it is."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.catalogue.service import Catalogue
from care.clock import SHANGHAI
from care.data_files import DATA
from care.elders.model import Elder
from care.orders.check import WORKING_HOURS
from care.orders.refusal import refusal, too_soon
from care.orders.refusal_words import in_writing
from care.storage.engine import Sessions
from tests.care.orders import town
from tests.conftest import NOW

CATALOGUE = Catalogue.load(DATA)
BATH = CATALOGUE.services["助浴"].model_copy(update={"only": ("失能", "低保")})
LIMITED = replace(CATALOGUE, services={**CATALOGUE.services, "助浴": BATH})


@given(
    now=st.datetimes(NOW.replace(tzinfo=None), NOW.replace(tzinfo=None) + timedelta(days=400)),
    lead=st.integers(0, 168),
    ahead=st.integers(0, 10),
    at=st.times(time(7), time(20)),
)
def test_what_is_offered_instead_can_be_had_and_is_within_a_day_of_the_lead_time(
    now: datetime, lead: int, ahead: int, at: time
) -> None:
    moment = now.replace(tzinfo=SHANGHAI)
    service = CATALOGUE.services["理发"].model_copy(update={"lead_hours": lead})
    on = (moment + timedelta(days=ahead)).date()
    ready = moment + timedelta(hours=lead)
    found = too_soon(service, on, at, moment)
    assert (found is None) == (datetime.combine(on, at, SHANGHAI) >= ready)
    if found is None:
        return
    assert found.earliest is not None
    assert ready <= found.earliest <= ready + timedelta(hours=12)
    assert WORKING_HOURS[0] <= found.earliest.time() <= WORKING_HOURS[1]
    assert found.earliest.minute in {0, 30}
    assert too_soon(service, found.earliest.date(), found.earliest.time(), moment) is None


def test_a_meal_has_its_cut_off_instead(embedded: Sessions) -> None:
    lunch = replace(town.LUNCH, on=NOW.date())
    with embedded() as session:
        assert refusal(session, CATALOGUE, lunch, NOW.replace(hour=12)) is None


def test_an_order_in_time_stays_in_time_when_something_else_is_changed(embedded: Sessions) -> None:
    late = NOW + timedelta(days=1, hours=20)
    with embedded.begin() as session:
        order = town.place(session)
        elsewhere = replace(town.HAIRCUT, place="和平小区6号楼")
        assert refusal(session, CATALOGUE, elsewhere, late, instead_of=order) is None
        earlier = replace(town.HAIRCUT, at=time(8, 0))
        found = refusal(session, CATALOGUE, earlier, late, instead_of=order)
    assert found is not None
    assert found.kind == "too_soon"


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        ({}, "not_for"),
        ({"situations": frozenset({"独居"})}, "not_for"),
        ({"ability": 0}, "not_for"),
        ({"ability": 1}, None),
        ({"ability": 3}, None),
        ({"situations": frozenset({"贫困"})}, None),
        ({"categories": frozenset({"低保边缘"})}, None),
    ],
)
def test_respite_is_for_whom_the_document_names(
    embedded: Sessions, fact: dict[str, object], kind: str | None
) -> None:
    """经济困难, 失能, 半失能: report of 银川, 二（二）."""
    with embedded.begin() as session:
        number = town.elder(session)
        for name, value in fact.items():
            setattr(session.get_one(Elder, number), name, value)
        wish = replace(town.HAIRCUT, service="喘息服务", elder_id=number)
        wish = replace(wish, on=wish.on + timedelta(days=5))
        found = refusal(session, CATALOGUE, wish, NOW)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        ({}, "not_for"),
        ({"situations": frozenset({"独居"})}, "not_for"),
        ({"ability": 1}, "not_for"),
        ({"situations": frozenset({"失能"})}, None),
        ({"categories": frozenset({"低保"})}, None),
        ({"ability": 4}, None),
    ],
)
def test_whom_it_is_for(embedded: Sessions, fact: dict[str, object], kind: str | None) -> None:
    with embedded.begin() as session:
        number = town.elder(session)
        for field, value in fact.items():
            setattr(session.get_one(Elder, number), field, value)
        wish = replace(town.HAIRCUT, service="助浴", elder_id=number)
        found = refusal(session, LIMITED, wish, NOW)
        unknown = refusal(session, LIMITED, replace(wish, elder_id=None), NOW)
    assert (found.kind if found else None) == kind
    assert unknown is not None
    assert unknown.kind == "unknown_for"
    assert "失能、低保" in in_writing(unknown, "助浴", LIMITED)
    assert unknown.instead
    assert BATH.spoken not in unknown.instead


def test_the_desk_reads_when_it_can_be_had(embedded: Sessions) -> None:
    with embedded() as session:
        soon = replace(town.HAIRCUT, on=NOW.date(), at=time(15, 0))
        found = refusal(session, CATALOGUE, soon, NOW)
    assert found is not None
    assert in_writing(found, "理发", CATALOGUE) == "上门理发要提前 24 小时约，最早 11月22日 10:00。"
