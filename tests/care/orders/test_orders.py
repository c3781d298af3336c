"""Orders: references, finding, changing, cancelling, and the limits of day and hour."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from care.conversations import service as conversations
from care.orders import service as orders
from care.orders.check import date_problem, meal_problem, time_problem
from care.storage.engine import Sessions
from tests.conftest import NOW

TODAY = NOW.date()
WISH = orders.Wish(
    "午餐", TODAY + timedelta(days=1), "东关小区3号楼", "王桂兰", "13800000001", count=2
)


def _conversation(sessions: Sessions) -> int:
    with sessions.begin() as session:
        row = conversations.open_conversation(session, sender_id="a", channel="web", now=NOW)
    return row.id


def test_references_are_four_digits_and_differ_while_open(sessions: Sessions) -> None:
    conversation = _conversation(sessions)
    with sessions.begin() as session:
        refs = [
            orders.place(session, WISH, conversation_id=conversation, now=NOW).ref
            for _ in range(60)
        ]
    assert len(set(refs)) == 60
    assert all(len(ref) == 4 and ref.isdigit() for ref in refs)


def test_a_stranger_with_four_digits_finds_nothing(sessions: Sessions) -> None:
    with sessions.begin() as session:
        order = orders.place(session, WISH, conversation_id=None, now=NOW)
        assert orders.find(session, order.ref, "13900000000") is None
        found = orders.find(session, order.ref, WISH.phone)
    assert found is not None
    assert orders.wish_of(found) == WISH


def test_changing_keeps_what_was_before(sessions: Sessions) -> None:
    conversation = _conversation(sessions)
    with sessions.begin() as session:
        order = orders.place(session, WISH, conversation_id=conversation, now=NOW)
        later = TODAY + timedelta(days=3)
        orders.change(session, order, replace(WISH, on=later, count=3), NOW)
    with sessions() as session:
        [found] = orders.upcoming(session, conversation, TODAY)
        assert (found.on, found.count) == (later, 3)
        notes = [event.note for event in orders.events(session, found)]
    assert f"on: {WISH.on} → {later}" in notes[-1]


def test_a_cancelled_order_is_gone_from_the_list_and_stays_cancelled(sessions: Sessions) -> None:
    conversation = _conversation(sessions)
    with sessions.begin() as session:
        order = orders.place(session, WISH, conversation_id=conversation, now=NOW)
        orders.cancel(session, order, NOW)
        orders.cancel(session, order, NOW)
        assert orders.upcoming(session, conversation, TODAY) == []
        assert [event.kind for event in orders.events(session, order)] == ["placed", "cancelled"]


def test_past_orders_are_not_upcoming(sessions: Sessions) -> None:
    conversation = _conversation(sessions)
    with sessions.begin() as session:
        orders.place(session, WISH, conversation_id=conversation, now=NOW)
        assert orders.upcoming(session, conversation, TODAY + timedelta(days=2)) == []


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        (None, "date_not_understood"),
        (TODAY - timedelta(days=1), "date_past"),
        (TODAY, None),
        (TODAY + timedelta(days=60), None),
        (TODAY + timedelta(days=61), "date_too_far"),
    ],
)
def test_days(on: date | None, problem: str | None) -> None:
    assert date_problem(on, TODAY) == problem


@pytest.mark.parametrize(
    ("meal", "hour", "problem"),
    [("早餐", 10, "meal_past"), ("午餐", 10, None), ("午餐", 12, "meal_past"), ("晚餐", 12, None)],
)
def test_meals_of_today(meal: str, hour: int, problem: str | None) -> None:
    assert meal_problem(meal, TODAY, NOW.replace(hour=hour)) == problem
    assert meal_problem(meal, TODAY + timedelta(days=1), NOW.replace(hour=hour)) is None


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        (None, "time_not_understood"),
        (time(6, 59), "time_outside"),
        (time(7, 0), "time_past"),
        (time(10, 0), "time_past"),
        (time(10, 1), None),
        (time(20, 0), None),
        (time(20, 1), "time_outside"),
    ],
)
def test_hours_of_today(at: time | None, problem: str | None) -> None:
    assert time_problem(at, TODAY, NOW) == problem


def test_an_early_hour_is_fine_on_another_day() -> None:
    assert time_problem(time(7, 0), TODAY + timedelta(days=1), NOW) is None
