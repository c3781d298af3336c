"""Booking a service or a visit at home."""

from datetime import time, timedelta

import pytest

from tests.actions.bookings import SERVICE, placed_service
from tests.actions.driver import Talk
from tests.conftest import NOW


def test_everything_in_one_sentence(talk: Talk) -> None:
    order = placed_service(talk)
    assert talk.last.value("utter_service_placed", "ref") == order.ref
    assert (order.service, order.at) == ("理发", time(9, 0))
    assert order.on == NOW.date() + timedelta(days=2)
    assert (order.count, order.diet) == (1, None)


def test_bit_by_bit(talk: Talk) -> None:
    answers = ["理发", "明天", "下午三点半", "东关小区三号楼二单元501", "王桂兰", "13800000001"]
    said, asked = talk.say("我想约个上门的服务", "book_service"), []
    for answer in answers:
        asked.append(said.ask)
        said = talk.say(answer)
    assert asked == ["service", "on_date", "at_time", "place", "person_name", "phone"]
    assert "上门理发" in (said.read_back or "")


def test_a_visit_needs_no_service_named(talk: Talk) -> None:
    said = talk.say("找个人来看看我", "book_visit")
    assert said.ask == "on_date"
    assert talk.slots["service"] == "探访"


@pytest.mark.parametrize(
    ("hour", "problem"),
    [("凌晨三点", "utter_time_outside"), ("晚上九点", "utter_time_outside"), ("上午九点", None)],
)
def test_workers_come_by_day(talk: Talk, hour: str, problem: str | None) -> None:
    talk.say("明天理发", "book_service")
    said = talk.say(hour)
    assert said.ask == ("at_time" if problem else "place")
    assert (problem in said.responses) == (problem is not None)


@pytest.mark.parametrize("wish", [("今天理发", "上午九点"), ("上午九点理发", "今天")])
def test_an_hour_that_is_over_today_is_asked_again(talk: Talk, wish: tuple[str, str]) -> None:
    talk.say(wish[0], "book_service")
    said = talk.say(wish[1])
    assert "utter_time_past" in said.responses
    assert said.ask == "at_time"
    assert talk.slots["on_date"] == NOW.date().isoformat()
    assert talk.say("下午三点").ask == "place"


def test_the_hour_is_corrected_at_the_read_back(talk: Talk) -> None:
    talk.say(SERVICE, "book_service")
    assert talk.say("不对,下午三点", "correct").read_back
    talk.say("对", "affirm")
    assert [order.at for order in talk.open_orders()] == [time(15, 0)]


def test_another_service_at_the_read_back_is_a_correction(talk: Talk) -> None:
    talk.say(SERVICE, "book_service")
    said = talk.say("还是打扫卫生吧", "book_service")
    assert "打扫卫生" in (said.read_back or "")


def test_switching_to_a_meal_keeps_who_and_where(talk: Talk) -> None:
    talk.say(SERVICE, "book_service")
    said = talk.say("先给我订饭", "order_meal")
    assert said.responses[0] == "utter_put_aside"
    assert (talk.form, said.ask) == ("meal_form", "on_date")
    assert talk.slots["person_name"] == "王桂兰"
    assert talk.slots["service"] is None
    assert talk.open_orders() == []
