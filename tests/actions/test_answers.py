"""Answers outside any form: bare statements, what nobody understood, and talk."""

import pytest

from tests.actions.driver import Talk


def test_a_card_answers_with_its_source(talk: Talk) -> None:
    said = talk.say("12349有多少家服务商?", "ask_hotline")
    [line] = said.lines
    assert line.cites[0].startswith("card:")
    assert line.sources
    assert line.text


def test_a_place_nothing_is_known_of(talk: Talk) -> None:
    said = talk.say("火星上养老院床位收费标准", "ask_care_home")
    assert said.responses == ("utter_not_found",)
    assert said.offers == "person"


def test_nothing_understood_twice_offers_a_person(talk: Talk) -> None:
    heard = [talk.say("咔嚓咔嚓", "nlu_fallback", 0.2) for _ in range(2)]
    assert [said.responses for said in heard] == [("utter_not_understood",)] * 2
    assert [said.offers for said in heard] == [None, "person"]


def test_out_of_scope_twice_offers_a_person(talk: Talk) -> None:
    heard = [talk.say("股票涨了没", "out_of_scope") for _ in range(2)]
    assert [said.offers for said in heard] == [None, "person"]


@pytest.mark.parametrize(
    ("intent", "handover", "offers"),
    [
        ("ask_human", "asked", None),
        ("chat_lonely", None, "person"),
        ("express_frustration", None, "person"),
        ("report_emergency", None, "emergency"),
        ("greet", None, None),
    ],
)
def test_talk_that_may_bring_somebody(
    talk: Talk, intent: str, handover: str | None, offers: str | None
) -> None:
    said = talk.say("哎", intent)
    assert said.responses == (f"utter_{intent}",)
    assert (said.handover, said.offers) == (handover, offers)


@pytest.mark.parametrize(("text", "form"), [("理发", "service_form"), ("午饭", "meal_form")])
def test_a_bare_wish_starts_its_form(talk: Talk, text: str, form: str) -> None:
    talk.say(text, "inform")
    assert talk.form == form


def test_a_bare_fact_is_asked_what_about(talk: Talk) -> None:
    assert talk.say("我八十三了", "inform").responses == ("utter_what_about_it",)
    assert talk.slots["age"] == "83"


def test_a_day_and_a_meal_start_an_order_even_when_not_understood(talk: Talk) -> None:
    said = talk.say("后天午饭来一个", "nlu_fallback", 0.2)
    assert (talk.form, said.ask) == ("meal_form", "diet")


def test_a_fact_with_a_wish_is_an_entitlement_question(talk: Talk) -> None:
    talk.say("我八十三了能领点啥", "nlu_fallback", 0.2)
    assert talk.form == "entitlement_form"


def test_nothing_to_repeat(talk: Talk) -> None:
    assert talk.say("再说一遍", "repeat").responses == ("utter_nothing_to_repeat",)


def test_the_last_words_are_repeated_as_they_were(talk: Talk) -> None:
    told = talk.say("12349有多少家服务商?", "ask_hotline").lines
    assert talk.say("再说一遍", "repeat").lines == told


def test_a_late_helper_without_an_order(talk: Talk) -> None:
    said = talk.say("怎么还没来", "ask_alarm_status")
    assert said.responses == ("utter_ask_alarm_status",)
