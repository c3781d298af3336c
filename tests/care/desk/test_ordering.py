"""An order's form: filled from what was understood, read into a wish, refused field by field."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.desk.order_list import coming, search
from care.desk.order_words import OrderWords
from care.desk.ordering import Typed, UnfitError, prefilled, read, typed_of
from care.desk.person import NOBODY, Person
from care.orders import service as orders
from care.storage.engine import Sessions
from tests.conftest import NOW

CATALOGUE = Catalogue.load(DATA)
WORDS = OrderWords.load()
TOMORROW = (NOW + timedelta(days=1)).date()
MEAL = Typed(
    service="午餐",
    on=TOMORROW.isoformat(),
    count="2",
    diet=" 少盐 ",
    place="东风小区1号楼",
    person="王秀兰",
    phone="138 0000 0001",
)
HELP = replace(MEAL, service="助洁", at="09:30")


def problems(typed: Typed, known: str | None = None) -> dict[str, str]:
    with pytest.raises(UnfitError) as refused:
        read(typed, known, CATALOGUE, NOW)
    return refused.value.problems


def test_a_meal_has_portions_and_a_service_an_hour() -> None:
    meal = read(MEAL, None, CATALOGUE, NOW)
    assert (meal.count, meal.at, meal.diet, meal.phone) == (2, None, "少盐", "13800000001")
    help_ = read(HELP, None, CATALOGUE, NOW, elder_id=7)
    assert (help_.count, help_.at, help_.diet, help_.elder_id) == (1, time(9, 30), None, 7)


def test_the_number_on_record_serves_where_none_is_typed() -> None:
    assert read(replace(MEAL, phone=" "), "13900000002", CATALOGUE, NOW).phone == "13900000002"
    assert problems(replace(MEAL, phone="")) == {"phone": "phone_wrong"}
    assert problems(replace(MEAL, phone="138"), "13900000002") == {"phone": "phone_wrong"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (Typed(), {"service", "on", "at", "place", "person", "phone"}),
        (replace(MEAL, service="飞机"), {"service", "at"}),
        (replace(MEAL, on="2026-11-20"), {"on"}),
        (replace(MEAL, on="2027-06-01"), {"on"}),
        (replace(MEAL, on="明天"), {"on"}),
        (replace(MEAL, service="早餐", on=NOW.date().isoformat()), {"on"}),
        (replace(MEAL, count="0"), {"count"}),
        (replace(MEAL, count="21"), {"count"}),
        (replace(MEAL, count="²"), {"count"}),
        (replace(HELP, at=""), {"at"}),
        (replace(HELP, at="九点"), {"at"}),
        (replace(HELP, at="23:00"), {"at"}),
        (replace(HELP, on=NOW.date().isoformat(), at="09:30"), {"at"}),
    ],
)
def test_each_field_says_for_itself_what_is_wrong(typed: Typed, expected: set[str]) -> None:
    found = problems(typed)
    assert set(found) == expected
    assert all(WORDS.problems[code] for code in found.values())


@given(st.builds(Typed, *(st.text(max_size=12) for _ in range(8))))
def test_whatever_is_typed_is_read_or_refused_with_words(typed: Typed) -> None:
    with pytest.raises(UnfitError) as refused:
        read(typed, "13800000001", CATALOGUE, NOW)
    assert set(refused.value.problems.values()) <= set(WORDS.problems)


def test_what_was_understood_fills_the_form_and_the_record_the_rest() -> None:
    slots = {"meal": "午餐", "on_date": "2026-11-22", "at_time": "09:30", "person_name": "老王"}
    known = Person("王秀兰", "13800000001", (7,))
    found = prefilled(slots, known, "东风小区1号楼")
    assert found == Typed("午餐", "2026-11-22", "09:30", "1", "", "东风小区1号楼", "老王", "")
    assert prefilled({}, known).person == "王秀兰"
    assert prefilled({}, NOBODY) == Typed()


def test_a_wish_comes_back_from_its_form() -> None:
    wish = read(HELP, None, CATALOGUE, NOW)
    assert read(typed_of(wish), wish.phone, CATALOGUE, NOW) == wish


def test_orders_are_found_by_reference_number_or_name(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for days, name, phone in ((1, "王秀兰", "13800000001"), (0, "李长山", "13800000002")):
            wish = replace(read(MEAL, None, CATALOGUE, NOW), person=name, phone=phone)
            on = NOW.date() + timedelta(days=days)
            placed = orders.place(session, replace(wish, on=on), conversation_id=None, now=NOW)
        orders.cancel(session, placed, NOW)
    with sessions() as session:
        assert [each.person for each in coming(session, NOW.date())] == ["王秀兰"]
        for words in (placed.ref, "138 0000 0002", "长山"):
            assert "李长山" in [each.person for each in search(session, words)], words
        assert search(session, "%") == []
