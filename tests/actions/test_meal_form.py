"""Ordering a meal: in one breath, bit by bit, with corrections, questions and second thoughts."""

from datetime import date, timedelta

import pytest

from tests.actions.bookings import MEAL, placed_meal
from tests.actions.driver import Talk
from tests.conftest import NOW

AFTER_TOMORROW = NOW.date() + timedelta(days=2)
ANSWERS = {
    "on_date": "后天",
    "meal": "午饭",
    "count": "两份",
    "diet": "软食",
    "place": "东关小区三号楼二单元501",
    "person_name": "王桂兰",
    "phone": "13800000001",
}


def _until(talk: Talk, slot: str) -> None:
    """Answers every question before the one for `slot`."""
    said = talk.say("我想订饭", "order_meal")
    while said.ask != slot:
        assert said.ask is not None
        said = talk.say(ANSWERS[said.ask])


def test_everything_in_one_sentence_is_read_back_at_once(talk: Talk) -> None:
    said = talk.say(MEAL, "order_meal")
    assert said.responses == ("utter_booking_started", "utter_read_back")
    for part in ("午餐", "2份", "软食", "东关小区三号楼二单元501", "王桂兰", "13800000001"):
        assert part in (said.read_back or "")
    assert talk.open_orders() == []


def test_yes_places_what_was_read_back(talk: Talk) -> None:
    order = placed_meal(talk)
    assert talk.last.value("utter_meal_placed", "ref") == order.ref
    assert talk.last.ask is None
    assert (order.service, order.on, order.count) == ("午餐", AFTER_TOMORROW, 2)
    assert (order.diet, order.person, order.phone) == ("软食", "王桂兰", "13800000001")
    assert order.place == "东关小区三号楼二单元501"
    assert order.conversation_id == talk.id


def test_bit_by_bit_each_thing_is_asked_once(talk: Talk) -> None:
    said = talk.say("我想订饭", "order_meal")
    assert said.responses[0] == "utter_booking_started"
    asked = []
    while said.ask and said.ask != "confirmed":
        asked.append(said.ask)
        said = talk.say(ANSWERS[said.ask])
    assert asked == list(ANSWERS)
    talk.say("对", "affirm")
    assert [order.on for order in talk.open_orders()] == [AFTER_TOMORROW]


def test_what_was_understood_is_said_again_before_the_next_question(talk: Talk) -> None:
    said = talk.say("后天中午订两份饭", "order_meal")
    assert said.responses == ("utter_noted", "utter_ask_meal_form_diet")
    noted = said.value("utter_noted", "noted") or ""
    assert "午餐" in noted
    assert "2份" in noted


@pytest.mark.parametrize(
    ("text", "intent", "field", "value"),
    [
        ("不对,是大后天", "correct", "on", AFTER_TOMORROW + timedelta(days=1)),
        ("不是,要三份", "deny", "count", 3),
        ("改成晚饭", "change_order", "service", "晚餐"),
        ("电话是13900000002", "inform", "phone", "13900000002"),
        ("我说错了,我叫李秀英", "correct", "person", "李秀英"),
    ],
)
def test_one_thing_is_corrected_at_the_read_back(
    talk: Talk, text: str, intent: str, field: str, value: object
) -> None:
    first = talk.say(MEAL, "order_meal").read_back
    second = talk.say(text, intent).read_back
    assert second
    assert second != first
    assert talk.open_orders() == []
    talk.say("对", "affirm")
    [order] = talk.open_orders()
    assert getattr(order, field) == value


def test_a_bare_no_asks_what_to_change(talk: Talk) -> None:
    talk.say(MEAL, "order_meal")
    said = talk.say("不对", "deny")
    assert said.responses == ("utter_what_to_change",)
    assert talk.say("三份").read_back
    assert talk.open_orders() == []


@pytest.mark.parametrize(("text", "intent"), [("不对", "deny"), ("我说错了", "correct")])
def test_yes_after_a_bare_no_reads_back_once_more(talk: Talk, text: str, intent: str) -> None:
    first = talk.say(MEAL, "order_meal").read_back
    talk.say(text, intent)
    assert talk.say("嗯", "affirm").read_back == first
    assert talk.open_orders() == []


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(talk: Talk) -> None:
    _until(talk, "diet")
    said = talk.say("你们有多少家服务商?", "ask_hotline")
    assert said.ask == "diet"
    assert any(line.cites for line in said.lines)
    assert said.responses[-2:] == ("utter_back_to_booking", "utter_ask_meal_form_diet")
    assert talk.slots["count"] == 2


def test_a_question_at_the_read_back_is_followed_by_the_read_back(talk: Talk) -> None:
    first = talk.say(MEAL, "order_meal").read_back
    said = talk.say("今天几号?", "ask_date_time")
    assert said.responses == ("utter_date_time", "utter_read_back")
    assert said.read_back == first
    assert talk.open_orders() == []


def test_an_offer_in_passing_would_steal_the_next_yes(talk: Talk) -> None:
    talk.say(MEAL, "order_meal")
    said = talk.say("没人陪我说话", "chat_lonely")
    assert said.offers is None
    assert said.read_back


@pytest.mark.parametrize(
    ("text", "problem"),
    [("前天", "utter_date_past"), ("昨天的饭", "utter_date_past"), ("明年一月十五号", None)],
)
def test_days_that_are_over(talk: Talk, text: str, problem: str | None) -> None:
    _until(talk, "on_date")
    said = talk.say(text)
    assert (problem in said.responses) == (problem is not None)
    assert said.ask == ("on_date" if problem else "meal")


def test_a_day_too_far_ahead(talk: Talk) -> None:
    _until(talk, "on_date")
    said = talk.say("明年八月十五号")
    assert said.responses == ("utter_date_too_far", "utter_ask_meal_form_on_date")


def test_for_a_meal_that_is_over_for_today_the_next_is_offered(talk: Talk) -> None:
    said = talk.say("今天早饭要两份", "order_meal")
    assert "今天的早餐要在今天7点30分以前订" in said.text
    assert (talk.slots["meal"], talk.slots["count"]) == ("午餐", 2)
    talk.say("那就明天早饭", "correct")
    assert (talk.slots["meal"], talk.slots["on_date"]) == ("早餐", "2026-11-22")


def test_todays_lunch_can_be_had_before_its_last_call(talk: Talk) -> None:
    assert "以前订" not in talk.say("今天的午饭", "order_meal").text
    talk.say("算了", "stop")
    talk.at(NOW.replace(hour=11, minute=31))
    assert "要在今天11点30分以前订" in talk.say("今天的午饭", "order_meal").text


def test_what_comes_again_doesnt_begin_with_a_meal_that_is_over(talk: Talk) -> None:
    said = talk.say("从今天起每天早饭", "order_meal")
    assert "utter_meal_past" in said.responses
    assert said.ask == "on_date"


@pytest.mark.parametrize("number", ["1380000", "12345", "138000000012345"])
def test_a_wrong_number_is_said_to_be_wrong(talk: Talk, number: str) -> None:
    _until(talk, "phone")
    said = talk.say(number)
    assert said.responses == ("utter_phone_problem", "utter_ask_meal_form_phone")
    assert talk.slots.get("phone") is None
    assert talk.say("13800000001").read_back


def test_too_many_portions(talk: Talk) -> None:
    _until(talk, "count")
    said = talk.say("要五十份")
    assert said.responses == ("utter_count_out_of_range", "utter_ask_meal_form_count")


def test_no_to_the_diet_means_no_diet(talk: Talk) -> None:
    _until(talk, "diet")
    talk.say("没有", "deny")
    assert talk.slots["diet"] == "无忌口"
    assert talk.requested == "place"


def test_a_place_in_ones_own_words(talk: Talk) -> None:
    _until(talk, "place")
    talk.say("就送到老干部活动室吧")
    assert talk.slots["place"] == "老干部活动室"


@pytest.mark.parametrize("text", ["我叫欧阳明月", "巴特尔", "登记乌云其木格"])
def test_names_without_an_entity_are_taken_as_said(talk: Talk, text: str) -> None:
    _until(talk, "person_name")
    said = talk.say(text)
    assert said.ask == "phone"
    assert talk.slots["person_name"] == text.removeprefix("我叫").removeprefix("登记")


@pytest.mark.parametrize("intent", ["stop", "cancel_order"])
@pytest.mark.parametrize("slot", ["count", "confirmed"])
def test_stopping_forgets_the_order_and_keeps_the_person(
    talk: Talk, intent: str, slot: str
) -> None:
    _until(talk, slot)
    said = talk.say("算了,不订了", intent)
    assert said.responses == ("utter_stopped",)
    assert said.ask is None
    assert talk.open_orders() == []
    assert all(talk.slots.get(name) is None for name in ("on_date", "meal", "count", "diet"))
    assert talk.say("我想订饭", "order_meal").ask == "on_date"


def test_an_unsure_stop_does_not_end_the_form(talk: Talk) -> None:
    _until(talk, "count")
    assert talk.say("嗯这个那个", "stop", confidence=0.3).ask == "count"


def test_the_second_order_does_not_ask_for_the_person_again(talk: Talk) -> None:
    placed_meal(talk)
    said = talk.say("再订明天晚饭一份,少盐", "order_meal")
    assert "王桂兰" in (said.read_back or "")
    talk.say("对", "affirm")
    assert {order.service for order in talk.open_orders()} == {"午餐", "晚餐"}


def test_switching_to_a_service_puts_the_meal_aside(talk: Talk) -> None:
    _until(talk, "count")
    said = talk.say("我要理发", "book_service")
    # The service is no value of a meal, so the whole sentence is the other wish.
    assert said.responses[0] == "utter_put_aside"
    assert talk.form == "service_form"
    assert talk.slots["service"] == "理发"
    assert talk.slots["on_date"] is None


def test_switching_to_an_order_that_was_placed(talk: Talk) -> None:
    order = placed_meal(talk)
    talk.say("再订饭", "order_meal")
    said = talk.say("我订的饭到哪了", "check_order")
    assert said.value("utter_order_placed", "ref") == order.ref
    assert talk.form is None


def test_not_understood_three_times_brings_a_person(talk: Talk) -> None:
    _until(talk, "count")
    heard = [talk.say("咔嚓咔嚓", "nlu_fallback", 0.2) for _ in range(3)]
    assert [said.handover for said in heard] == [None, None, "unanswered"]
    assert [said.responses[0] for said in heard] == [
        "utter_unclear", "utter_unclear", "utter_handover_in_form",
    ]  # fmt: skip
    assert talk.requested is None


def test_an_answer_in_between_starts_the_patience_anew(talk: Talk) -> None:
    _until(talk, "count")
    talk.say("咔嚓", "nlu_fallback", 0.2)
    talk.say("咔嚓", "nlu_fallback", 0.2)
    talk.say("两份")
    assert talk.say("咔嚓", "nlu_fallback", 0.2).handover is None


def test_neither_yes_nor_no_at_the_read_back(talk: Talk) -> None:
    talk.say(MEAL, "order_meal")
    said = talk.say("咔嚓咔嚓", "nlu_fallback", 0.2)
    assert said.responses == ("utter_say_yes_or_no",)
    assert talk.open_orders() == []


def test_repeat_says_the_read_back_again(talk: Talk) -> None:
    first = talk.say(MEAL, "order_meal").read_back
    assert talk.say("没听清", "repeat").read_back == first


def test_a_lunar_day_is_resolved(talk: Talk) -> None:
    said = talk.say("冬至那天订午饭", "order_meal")
    assert said.ask == "count"
    assert date.fromisoformat(talk.slots["on_date"]) == date(2026, 12, 22)
