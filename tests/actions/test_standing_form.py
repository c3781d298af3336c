"""Meals and services that come again: booked, left out on some days, ended."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from care.orders.model import Order
from care.orders.standing import OrderSeries
from care.orders.state import CANCELLED, PLACED
from tests.actions.bookings import placed_service
from tests.actions.driver import Talk
from tests.conftest import NOW

TODAY = NOW.date()
DAILY = "每天中午给我送两份软食,送到东关小区三号楼二单元501,我叫王桂兰,电话13800000001"


@pytest.fixture
def daily(talk: Talk) -> Talk:
    """Has lunch every day from tomorrow on."""
    talk.say(DAILY, "order_meal")
    talk.say("对", "affirm")
    return talk


def _days(talk: Talk, state: str = PLACED) -> list[date]:
    with talk.context.sessions() as session:
        query = select(Order.on).where(Order.state == state, Order.series_id.is_not(None))
        return list(session.scalars(query.order_by(Order.on)))


def _series(talk: Talk) -> list[OrderSeries]:
    with talk.context.sessions() as session:
        return list(session.scalars(select(OrderSeries)))


def test_every_day_is_read_back_and_made_with_the_yes(talk: Talk) -> None:
    said = talk.say(DAILY, "order_meal")
    assert "起,每天,午餐,2份" in (said.read_back or "")
    assert _series(talk) == []
    said = talk.say("对", "affirm")
    assert said.value("utter_series_placed", "days") == "每天"
    assert _days(talk) == [TODAY + timedelta(n) for n in range(1, 8)]
    assert said.ask is None


@pytest.mark.parametrize(
    ("when", "pattern", "first"),
    [
        ("每周一三五上午九点", "weekdays:0,2,4", date(2026, 11, 23)),
        ("从下周三起每周一三五上午九点", "weekdays:0,2,4", date(2026, 11, 25)),
        ("每月一号上午九点", "monthly:1", date(2026, 12, 1)),
    ],
)
def test_a_service_begins_on_its_first_day(
    talk: Talk, when: str, pattern: str, first: date
) -> None:
    wish = f"{when}来打扫卫生,到东关小区三号楼二单元501,我叫王桂兰,电话13800000001"
    talk.say(wish, "book_service")
    talk.say("对", "affirm")
    [series] = _series(talk)
    assert (series.pattern, series.begins) == (pattern, first)


def test_said_bit_by_bit(talk: Talk) -> None:
    assert talk.say("每天给我送饭", "order_meal").ask == "meal"
    assert talk.say("午饭").ask == "count"
    for words in ("一份", "没有忌口", "东关小区三号楼二单元501", "我叫王桂兰"):
        talk.say(words)
    assert talk.say("13800000001").read_back
    talk.say("对", "affirm")
    assert [series.pattern for series in _series(talk)] == ["weekdays:0,1,2,3,4,5,6"]


def test_this_weekend_is_left_out_after_a_yes(daily: Talk) -> None:
    said = daily.say("这周末不要了", "cancel_order")
    assert said.value("utter_confirm_skip", "what") == "午餐"
    assert _days(daily, CANCELLED) == []
    assert daily.say("对", "affirm").responses == ("utter_skipped",)
    assert _days(daily, CANCELLED) == [TODAY + timedelta(1)]
    assert len(_days(daily)) == 6


def test_which_days_is_asked_and_a_no_that_means_yes(daily: Talk) -> None:
    assert daily.say("饭停一停", "cancel_order").ask == "skip_days"
    assert daily.say("咔嚓", "nlu_fallback", 0.2).ask == "skip_days"
    assert daily.say("星期一到星期三").responses == ("utter_confirm_skip",)
    assert daily.say("不送了", "deny").responses == ("utter_skipped",)
    assert _days(daily, CANCELLED) == [date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)]


def test_other_days_instead_are_asked_about_again(daily: Talk) -> None:
    daily.say("这周末不要了", "cancel_order")
    said = daily.say("不对,是下周末", "deny")
    assert said.responses == ("utter_confirm_skip",)
    daily.say("对", "affirm")
    assert _days(daily, CANCELLED) == [date(2026, 11, 28)]


@pytest.mark.parametrize(("text", "intent"), [("先留着吧", "deny"), ("不是", "deny")])
def test_a_no_leaves_everything(daily: Talk, text: str, intent: str) -> None:
    daily.say("以后都别送饭了", "cancel_order")
    assert daily.say(text, intent).responses == ("utter_left_as_it_is",)
    assert len(_days(daily)) == 7


def test_for_good(daily: Talk) -> None:
    assert daily.say("以后都别给我送饭了", "cancel_order").responses == ("utter_confirm_end",)
    assert daily.say("对", "affirm").responses == ("utter_series_ended",)
    assert _days(daily) == []
    assert [series.ends for series in _series(daily)] == [TODAY]
    assert daily.say("这周末不要了", "cancel_order").responses != ("utter_confirm_skip",)


def test_another_order_is_still_cancelled_by_itself(daily: Talk) -> None:
    haircut = placed_service(daily)
    daily.say("理发不要了", "cancel_order")
    daily.say("对", "affirm")
    assert haircut.id not in {order.id for order in daily.open_orders()}
    assert len(_days(daily)) == 7


def test_only_the_next_few_are_read_out(daily: Talk) -> None:
    said = daily.say("我都订了些什么", "check_order")
    assert said.responses == (*["utter_order_placed"] * 3, "utter_orders_more")
    assert said.value("utter_orders_more", "count") == "4"


def test_a_stranger_pauses_nothing(daily: Talk, calls: Callable[[str], Talk]) -> None:
    said = calls("web-9").say("这周末不要了", "cancel_order")
    assert said.ask == "order_ref_asked"
    assert len(_days(daily)) == 7


def test_from_a_day_of_next_week_to_another(daily: Talk) -> None:
    daily.at(NOW + timedelta(days=2))  # of this week 周四 would be sooner than 下周二
    said = daily.say("下周二到周四不用送", "cancel_order")
    days = said.value("utter_confirm_skip", "days") or ""
    assert "十二月一号" in days
    assert "十二月三号" in days


def test_what_was_paused_goes_on_after_a_yes(daily: Talk) -> None:
    daily.say("星期一到星期三不要", "cancel_order")
    daily.say("对", "affirm")
    assert len(_days(daily)) == 4
    said = daily.say("又要送了", "resume_order")
    assert said.value("utter_confirm_resume", "what") == "午餐"
    assert len(_days(daily)) == 4
    assert daily.say("对", "affirm").responses == ("utter_series_resumed",)
    assert _days(daily) == [TODAY + timedelta(n) for n in range(1, 8)]


def test_it_goes_on_from_the_day_that_was_said(daily: Talk) -> None:
    daily.say("以后都别送饭了", "cancel_order")
    daily.say("对", "affirm")
    said = daily.say("从星期三起恢复送饭", "resume_order")
    assert "星期三" in (said.value("utter_confirm_resume", "day") or "")
    daily.say("对", "affirm")
    assert _days(daily) == [TODAY + timedelta(n) for n in range(4, 8)]
    assert [series.ends for series in _series(daily)] == [None]


def test_a_no_leaves_it_stopped(daily: Talk) -> None:
    daily.say("以后都别送饭了", "cancel_order")
    daily.say("对", "affirm")
    daily.say("又要送了", "resume_order")
    assert daily.say("不是", "deny").responses == ("utter_left_as_it_is",)
    assert _days(daily) == []


def test_what_isnt_stopped_needs_nothing(daily: Talk) -> None:
    assert daily.say("恢复送饭", "resume_order").responses == ("utter_series_runs",)


def test_without_anything_it_is_a_new_order(talk: Talk) -> None:
    assert talk.say("又要送饭了", "resume_order").ask == "on_date"
    assert talk.form == "meal_form"


def test_festivals_are_said_with_the_order(talk: Talk) -> None:
    said = talk.say(DAILY + ",过节照常送", "order_meal")
    assert "过节照常" in (said.read_back or "")
    assert "utter_festivals_serve" in talk.say("对", "affirm").responses
    assert [series.festivals for series in _series(talk)] == ["serve"]


def test_nothing_said_of_festivals_they_are_asked_about_then(daily: Talk) -> None:
    assert daily.last.responses == ("utter_series_placed", "utter_festivals_ask")
    assert [series.festivals for series in _series(daily)] == ["ask"]


@pytest.mark.parametrize(
    ("words", "intent", "festivals"),
    [
        ("过节照常送", "change_order", "serve"),
        ("过节都不用送", "cancel_order", "skip"),
        ("过节的饭先问我再送", "change_order", "ask"),
    ],
)
def test_festivals_are_settled_later_after_a_yes(
    daily: Talk, words: str, intent: str, festivals: str
) -> None:
    said = daily.say(words, intent)
    assert said.responses == (f"utter_confirm_festivals_{festivals}",)
    assert [series.festivals for series in _series(daily)] == ["ask"]
    daily.say("对", "affirm")
    assert [series.festivals for series in _series(daily)] == [festivals]


def test_a_single_order_has_no_festivals(talk: Talk) -> None:
    said = talk.say("过节也要送,后天中午一份,没忌口,送到东关小区三号楼", "order_meal")
    assert "过节" not in said.text
