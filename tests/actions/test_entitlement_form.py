"""What somebody is due: asked for one fact at a time, remembered, and told with its source."""

import pytest

from tests.actions.bookings import placed_meal
from tests.actions.driver import Talk

ANSWERS = {
    "region": "阿拉善左旗",
    "age": "八十三",
    "residence": "农村户口",
    "pension": "没有",
    "category": "都不是",
    "ability": "能自理",
    "hukou": "是本地的",
}


def _told(talk: Talk, text: str, intent: str = "ask_entitlement") -> list[str]:
    """Asks and answers until the answer is there; the facts that were asked for."""
    said, asked = talk.say(text, intent), []
    while said.ask:
        asked.append(said.ask)
        said = talk.say(ANSWERS[said.ask])
    return asked


def test_only_what_is_missing_is_asked(talk: Talk) -> None:
    asked = _told(talk, "高龄津贴一个月多少钱")
    assert asked[:2] == ["region", "age"]
    assert len(asked) == len(set(asked))
    assert any(cite.startswith("rule:") for line in talk.last.lines for cite in line.cites)
    assert all(line.sources for line in talk.last.lines if line.cites)


def test_everything_told_at_once_needs_no_question(talk: Talk) -> None:
    said = talk.say("我在额济纳旗,八十三了,没有养老金,农村户口,高龄津贴多少", "ask_entitlement")
    assert said.ask is None
    assert said.lines[0].cites


def test_what_was_told_is_remembered_for_the_next_question(talk: Talk) -> None:
    _told(talk, "高龄津贴一个月多少钱")
    assert (talk.slots["region"], talk.slots["age"]) == ("阿拉善左旗", "83")
    asked = _told(talk, "那护理补贴呢")
    assert {"region", "age"}.isdisjoint(asked)


def test_what_was_told_while_booking_is_remembered_too(talk: Talk) -> None:
    talk.say("我在阿拉善左旗", "inform")
    placed_meal(talk)
    assert "region" not in _told(talk, "高龄津贴一个月多少钱")


def test_a_bare_number_is_an_age_only_when_asked_for(talk: Talk) -> None:
    talk.say("阿拉善左旗高龄津贴多少", "ask_entitlement")
    assert talk.requested == "age"
    talk.say("八十三")
    assert talk.slots["age"] == "83"


def test_a_child_is_not_an_old_age(talk: Talk) -> None:
    talk.say("阿拉善左旗高龄津贴多少", "ask_entitlement")
    said = talk.say("十二")
    assert (said.ask, said.responses) == ("age", ("utter_unclear",))


def test_not_understood_once_asks_again_and_then_goes_on(talk: Talk) -> None:
    talk.say("阿拉善左旗高龄津贴多少", "ask_entitlement")
    first = talk.say("咔嚓咔嚓", "nlu_fallback", 0.2)
    assert (first.ask, first.responses) == ("age", ("utter_unclear",))
    second = talk.say("咔嚓咔嚓", "nlu_fallback", 0.2)
    assert second.ask != "age"
    assert second.lines


@pytest.mark.parametrize(
    ("text", "intent", "value"),
    [("没有", "deny", "none"), ("没有", "inform", "none"), ("有", "affirm", "has"),
     ("领着呢", "inform", "has")],
)  # fmt: skip
def test_plain_yes_and_no_to_the_pension(talk: Talk, text: str, intent: str, value: str) -> None:
    said = talk.say("我在银川,八十三了,城镇户口,高龄津贴多少", "ask_entitlement")
    assert said.ask == "pension"
    talk.say(text, intent)
    assert talk.slots["pension"] == value


def test_no_to_the_household_denies_every_offered_one(talk: Talk) -> None:
    assert talk.say("阿拉善左旗的养老服务补贴", "ask_entitlement").ask == "category"
    talk.say("都不是", "deny")
    assert set(talk.slots["denied_categories"]) >= {"低保", "低保边缘", "特困", "孤寡"}


def test_naming_one_household_denies_the_others(talk: Talk) -> None:
    assert talk.say("阿拉善左旗的养老服务补贴", "ask_entitlement").ask == "category"
    talk.say("低保户")
    assert talk.slots["categories"] == ["低保"]
    assert "低保" not in talk.slots["denied_categories"]
    assert "特困" in talk.slots["denied_categories"]


def test_a_new_age_is_a_new_person(talk: Talk) -> None:
    _told(talk, "高龄津贴一个月多少钱")
    talk.slots |= {"pension": "none", "ability": "失能"}
    talk.say("那我老伴八十一", "inform")
    assert talk.slots["age"] == "81"
    assert (talk.slots["pension"], talk.slots["ability"]) == (None, None)
    assert talk.slots["region"] == "阿拉善左旗"


def test_husband_and_wife_share_the_household(talk: Talk) -> None:
    talk.say("我八十三,低保户,农村户口")
    talk.say("那我老伴八十一")
    assert (talk.slots["categories"], talk.slots["residence"]) == (["低保"], "rural")


def test_a_new_age_elsewhere_is_another_household(talk: Talk) -> None:
    talk.say("我在阿拉善左旗,八十三,低保户,农村户口")
    talk.say("那我姐姐在沈阳,七十九")
    assert (talk.slots["region"], talk.slots["age"]) == ("沈阳市", "79")
    assert (talk.slots["categories"], talk.slots["residence"]) == (None, None)


def test_the_same_age_again_is_the_same_person(talk: Talk) -> None:
    talk.say("我八十三,没有养老金")
    talk.say("我说了我八十三了")
    assert talk.slots["pension"] == "none"


def test_where_one_lives_tells_the_kind_of_registration(talk: Talk) -> None:
    talk.say("我住在牧区", "inform")
    assert talk.slots["residence"] == "rural"
    talk.say("城里和乡下都有房", "inform")
    assert talk.slots["residence"] == "rural"


def test_another_region_for_the_same_benefit(talk: Talk) -> None:
    _told(talk, "高龄津贴一个月多少钱")
    first = talk.last.text
    _told(talk, "那银川呢", "inform")
    assert talk.slots["benefit"] == "高龄津贴"
    assert "银川" in talk.last.text
    assert talk.last.text != first


def test_a_place_outside_is_said_to_be_outside(talk: Talk) -> None:
    _told(talk, "北京市高龄津贴多少")
    assert "北京" in talk.last.text
    assert talk.last.offers == "person"
    assert not any(line.cites for line in talk.last.lines)


def test_stopping_ends_the_questions(talk: Talk) -> None:
    talk.say("高龄津贴一个月多少钱", "ask_entitlement")
    said = talk.say("算了不问了", "stop")
    assert said.responses == ("utter_stopped",)
    assert talk.form is None


def test_switching_to_a_meal(talk: Talk) -> None:
    talk.say("高龄津贴一个月多少钱", "ask_entitlement")
    said = talk.say("先给我订饭", "order_meal")
    assert (talk.form, said.ask) == ("meal_form", "on_date")


@pytest.mark.parametrize("intent", ["thanks", "wait", "speak_slowly", "greet"])
def test_courtesies_keep_the_question(talk: Talk, intent: str) -> None:
    asked = talk.say("高龄津贴一个月多少钱", "ask_entitlement").lines[-1]
    said = talk.say("哎", intent)
    assert said.responses == (f"utter_{intent}",)
    assert said.lines[-1] == asked
    assert said.ask == "region"


def test_repeat_says_the_question_once(talk: Talk) -> None:
    asked = talk.say("高龄津贴一个月多少钱", "ask_entitlement").lines
    said = talk.say("再说一遍", "repeat")
    assert said.lines == asked
    assert said.ask == "region"


def test_another_question_replaces_the_one_asked(talk: Talk) -> None:
    talk.say("高龄津贴一个月多少钱", "ask_entitlement")
    said = talk.say("12349有多少家服务商?", "ask_hotline")
    assert said.lines[0].cites[0].startswith("card:")
    assert talk.form is None


def test_asking_for_everything_forgets_the_one_benefit(talk: Talk) -> None:
    _told(talk, "高龄津贴一个月多少钱")
    _told(talk, "我还能领什么", "ask_my_entitlements")
    assert talk.slots["entitlement_scope"] == "all"
    assert talk.slots["benefit"] is None


def test_in_the_middle_of_a_booking_it_is_told_without_questions(talk: Talk) -> None:
    talk.say("我想订饭", "order_meal")
    said = talk.say("高龄津贴多少钱?", "ask_entitlement")
    assert said.ask == "on_date"
    assert said.offers is None
    assert talk.form == "meal_form"
    assert said.responses[-1] == "utter_ask_meal_form_on_date"
