"""Standing orders: which days become orders, once each, and which don't."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.elders.model import DECEASED, Elder
from care.orders import service as orders
from care.orders.coming import AHEAD, make_all
from care.orders.model import Order
from care.orders.recurrence import DAILY, Pattern
from care.orders.series import Span, begin, end, on_festivals, pause, resume, running, stopped
from care.orders.standing import OrderPause, OrderSeries
from care.orders.state import CANCELLED, DRAFT, PLACED
from care.storage.engine import Sessions
from tests.care.orders.town import LUNCH, TODAY, Time, act, at, elder

CATALOGUE = Catalogue.load(DATA)
NOON = replace(LUNCH, on=TODAY)
SPRING = date(2027, 2, 6)
"""初一 of 丁未年."""


def _begin(sessions: Sessions, pattern: Pattern = DAILY, **more: object) -> int:
    own = {name: more.pop(name) for name in ("elder_id", "on", "phone") if name in more}
    wish = replace(NOON, **{"on": TODAY, **own})  # type: ignore[arg-type]
    with sessions.begin() as session:
        row = begin(session, wish, pattern, conversation_id=None, now=Time()(), **more)  # type: ignore[arg-type]
    return row.id


def _days(sessions: Sessions, state: str = PLACED) -> list[date]:
    with sessions() as session:
        query = select(Order.on).where(Order.state == state).order_by(Order.on)
        return list(session.scalars(query))


def test_each_day_of_the_coming_week_once(sessions: Sessions) -> None:
    _begin(sessions)
    week = [TODAY + timedelta(n) for n in range(AHEAD.days + 1)]
    for _ in range(3):
        make_all(sessions, CATALOGUE, Time())
    assert _days(sessions) == week
    time = Time()
    time.pass_(days=1)
    assert make_all(sessions, CATALOGUE, time) == 1
    assert _days(sessions) == [*week, week[-1] + timedelta(1)]


def test_whoever_is_stopped_leaves_the_rest_to_the_next(embedded: Sessions) -> None:
    for phone in ("13800000001", "13800000002"):
        _begin(embedded, phone=phone)
    asked, each = iter([False, True]), AHEAD.days + 1
    assert make_all(embedded, CATALOGUE, Time(), lambda: next(asked)) == each
    assert make_all(embedded, CATALOGUE, Time()) == each


def test_two_processes_make_no_day_twice(sessions: Sessions) -> None:
    for phone in ("13800000001", "13800000002", "13800000003"):
        _begin(sessions, phone=phone)
    with ThreadPoolExecutor(3) as pool:
        made = sum(pool.map(lambda _: make_all(sessions, CATALOGUE, Time()), range(3)))
    assert made == len(_days(sessions)) == 3 * (AHEAD.days + 1)


def test_a_meal_that_is_over_for_today_is_left_out(embedded: Sessions) -> None:
    _begin(embedded)
    make_all(embedded, CATALOGUE, Time(at(TODAY, 13)))
    assert _days(embedded)[0] == TODAY + timedelta(1)


def test_a_single_day_that_was_cancelled_or_moved_is_not_made_again(embedded: Sessions) -> None:
    _begin(embedded)
    make_all(embedded, CATALOGUE, Time())
    with embedded.begin() as session:
        first, second = session.scalars(select(Order).order_by(Order.on).limit(2))
        orders.cancel(session, first, Time()())
        moved = replace(orders.wish_of(second), on=TODAY + timedelta(20))
        orders.change(session, second, moved, Time()())
    assert make_all(embedded, CATALOGUE, Time()) == 0
    assert TODAY not in _days(embedded)
    assert TODAY + timedelta(1) not in _days(embedded)


def test_a_pause_takes_what_was_made_and_keeps_the_rest_away(sessions: Sessions) -> None:
    series = _begin(sessions)
    make_all(sessions, CATALOGUE, Time())
    fortnight = Span(TODAY + timedelta(5), TODAY + timedelta(9))
    with sessions.begin() as session:
        gone = pause(session, series, fortnight, act())
    assert [order.on for order in gone] == [TODAY + timedelta(n) for n in (5, 6, 7)]
    time = Time()
    time.pass_(days=5)
    make_all(sessions, CATALOGUE, time)
    days = [TODAY + timedelta(n) for n in (0, 1, 2, 3, 4, 10, 11, 12)]
    assert _days(sessions) == days
    assert len(_days(sessions, CANCELLED)) == 3


def test_the_last_day_is_the_last(embedded: Sessions) -> None:
    series = _begin(embedded)
    make_all(embedded, CATALOGUE, Time())
    with embedded.begin() as session:
        end(session, series, TODAY + timedelta(2), act())
        assert running(session, TODAY + timedelta(3), conversation_id=None) == []
    make_all(embedded, CATALOGUE, Time())
    assert _days(embedded) == [TODAY + timedelta(n) for n in range(3)]


def test_on_a_festival_the_elder_is_asked_or_it_is_as_agreed(embedded: Sessions) -> None:
    for n, festivals in enumerate(("ask", "serve", "skip")):
        _begin(embedded, on=SPRING - timedelta(3), phone=f"1380000000{n}", festivals=festivals)
    make_all(embedded, CATALOGUE, Time(at(SPRING - timedelta(3), 9)))
    free = [SPRING + timedelta(n) for n in range(-1, 3)]
    assert _days(embedded, DRAFT) == free
    assert [_days(embedded).count(day) for day in free] == [1] * 4
    assert _days(embedded).count(SPRING + timedelta(3)) == 3


def test_nothing_more_comes_for_one_who_died(embedded: Sessions) -> None:
    with embedded.begin() as session:
        row = elder(session)
        session.get_one(Elder, row).state = DECEASED
    _begin(embedded, elder_id=row)
    assert make_all(embedded, CATALOGUE, Time()) == 0


def test_one_series_in_trouble_holds_up_no_other(embedded: Sessions) -> None:
    first, _ = _begin(embedded), _begin(embedded)
    with embedded.begin() as session:
        session.get_one(OrderSeries, first).pattern = "yearly:1"
    assert make_all(embedded, CATALOGUE, Time()) == AHEAD.days + 1


def test_what_was_paused_comes_again_and_the_days_before_stay_out(sessions: Sessions) -> None:
    number = _begin(sessions)
    make_all(sessions, CATALOGUE, Time())
    with sessions.begin() as session:
        pause(session, number, Span(TODAY, TODAY + timedelta(5)), act())
    back = TODAY + timedelta(3)
    with sessions.begin() as session:
        [row] = stopped(session, back, conversation_id=None, elder_ids=[])
        assert row.id == number
        resume(session, number, back)
    make_all(sessions, CATALOGUE, Time())
    assert _days(sessions) == [TODAY + timedelta(n) for n in range(3, 8)]
    make_all(sessions, CATALOGUE, Time())
    assert len(_days(sessions)) == 5


def test_what_is_planned_for_later_stays_left_out(sessions: Sessions) -> None:
    number = _begin(sessions)
    later = Span(TODAY + timedelta(40), TODAY + timedelta(45))
    with sessions.begin() as session:
        pause(session, number, later, act())
        pause(session, number, Span(TODAY, TODAY + timedelta(2)), act())
        resume(session, number, TODAY + timedelta(1))
        left = list(session.scalars(select(OrderPause).order_by(OrderPause.first)))
        assert [(each.first, each.last) for each in left] == [
            (TODAY, TODAY),
            (later.first, later.last),
        ]


def test_what_ended_comes_again_unless_something_else_took_its_place(sessions: Sessions) -> None:
    old = _begin(sessions)
    with sessions.begin() as session:
        end(session, old, TODAY, act())
    tomorrow = TODAY + timedelta(1)
    with sessions.begin() as session:
        assert [row.id for row in stopped(session, tomorrow, conversation_id=None)] == [old]
        long_after = TODAY + timedelta(90)
        assert stopped(session, long_after, conversation_id=None) == []
    _begin(sessions)
    with sessions.begin() as session:
        assert stopped(session, tomorrow, conversation_id=None) == []
    with sessions.begin() as session:
        resume(session, old, tomorrow)
        assert session.get_one(OrderSeries, old).ends is None


def test_festivals_are_settled_for_what_is_yet_to_be_made(sessions: Sessions) -> None:
    number = _begin(sessions)
    eve = at(SPRING - timedelta(1), 9)
    with sessions.begin() as session:
        on_festivals(session, number, "serve")
    make_all(sessions, CATALOGUE, lambda: eve)
    assert SPRING in _days(sessions)
    assert _days(sessions, DRAFT) == []
