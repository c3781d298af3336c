"""What somebody who is known by number or binding needn't say again, and what nobody else hears."""

from collections.abc import Callable
from datetime import date

import pytest

from care.elders.model import Elder
from care.wechat import binding
from care.wechat.code import Grant
from tests.actions.driver import Talk
from tests.care.orders.town import elder
from tests.conftest import NOW

OWN = "tel:13800000001"
HOME = "东关小区3号楼402"
MEAL = "后天中午订一份饭"


def _record(talk: Talk, name: str = "王桂兰", phone: str = "13800000001", **more: object) -> int:
    """Somebody with a home and a diet."""
    with talk.context.sessions.begin() as session:
        number = elder(session, phone=phone)
        row = session.get_one(Elder, number)
        row.name, row.address, row.diet = name, HOME, "软食"
        for field, value in more.items():
            setattr(row, field, value)
        return number


def _bound(talk: Talk, elder_id: int) -> None:
    """A child is."""
    with talk.context.sessions.begin() as session:
        grant = Grant(elder_id, "family", "desk 李娜")
        binding.bind(session, talk.sender.removeprefix("wechat:"), grant, NOW)


@pytest.fixture
def known(calls: Callable[[str], Talk]) -> Talk:
    talk = calls(OWN)
    _record(talk)
    return talk


def test_only_the_home_is_asked_about(known: Talk) -> None:
    said = known.say(MEAL, "order_meal")
    assert said.ask == "at_home"
    assert said.value("utter_at_home_meal_form", "place") == HOME
    read_back = known.say("是", "affirm").read_back or ""
    assert f"送到{HOME}" in read_back
    assert "软食" in read_back
    assert "王桂兰" in read_back
    assert "13800000001" not in read_back
    known.say("对", "affirm")
    [order] = known.open_orders()
    assert (order.place, order.person, order.phone) == (HOME, "王桂兰", "13800000001")
    assert (order.diet, order.elder_id) == ("软食", 1)


@pytest.mark.parametrize("words", ["送家里就行", "对,送到我家里", "老地方"])
def test_home_in_other_words(known: Talk, words: str) -> None:
    known.say(MEAL, "order_meal")
    assert HOME in (known.say(words).read_back or "")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("不,送到老干部活动室", "老干部活动室"),
        ("送到和平小区六号楼501", "和平小区六号楼501"),
    ],
)
def test_somewhere_else_in_the_same_breath(known: Talk, words: str, place: str) -> None:
    known.say(MEAL, "order_meal")
    assert f"送到{place}" in (known.say(words).read_back or "")


def test_a_plain_no_is_asked_where(known: Talk) -> None:
    known.say(MEAL, "order_meal")
    assert known.say("不是", "deny").ask == "place"
    assert "老干部活动室" in (known.say("老干部活动室").read_back or "")
    known.say("对", "affirm")
    [order] = known.open_orders()
    assert (order.person, order.phone) == ("王桂兰", "13800000001")


def test_what_is_said_at_once_counts_more_than_the_record(known: Talk) -> None:
    said = known.say("后天中午订一份清真的,送到和平小区六号楼501", "order_meal")
    assert "清真" in (said.read_back or "")
    assert "和平小区" in (said.read_back or "")


def test_for_a_neighbour_nothing_of_the_record_is_used(known: Talk) -> None:
    said = known.say("给邻居订,后天中午一份,她叫李秀英", "order_meal")
    assert said.ask == "diet"
    assert HOME not in said.text
    assert known.slots.get("phone") is None


def test_another_name_later_on_takes_the_record_back(known: Talk) -> None:
    known.say(MEAL, "order_meal")
    said = known.say("不是给我订,她叫李秀英")
    assert said.ask == "diet"
    assert all(known.slots.get(slot) is None for slot in ("phone", "place", "diet"))
    known.say("没有", "deny")
    assert known.requested == "place"


def test_a_service_comes_home_too(known: Talk) -> None:
    said = known.say("后天上午十点来理发", "book_service")
    assert said.value("utter_at_home_service_form", "place") == HOME
    assert HOME in (known.say("是", "affirm").read_back or "")


def test_without_an_address_the_place_is_asked(calls: Callable[[str], Talk]) -> None:
    talk = calls(OWN)
    _record(talk, address=None, diet=None)
    assert talk.say(MEAL, "order_meal").ask == "diet"
    assert talk.say("没有", "deny").ask == "place"
    assert talk.say("东关小区三号楼").read_back


@pytest.mark.parametrize("sender", ["web-7", "tel:13700000009", "tel:04838234567", "wechat:o-9"])
def test_nobody_else_hears_what_is_on_record(
    known: Talk, calls: Callable[[str], Talk], sender: str
) -> None:
    talk = calls(sender)
    talk.say(MEAL, "order_meal")
    said = [talk.last.text]
    for words in ("没有", "老地方", "东关小区一号楼", "我叫王桂兰"):
        said.append(talk.say(words).text)
    assert talk.requested == "phone"
    assert not any(word in text for text in said for word in (HOME, "软食", "13800000001"))


def test_a_child_orders_for_the_parent_whom_they_are_bound_to(calls: Callable[[str], Talk]) -> None:
    talk = calls("wechat:o-1")
    _bound(talk, _record(talk))
    said = talk.say(MEAL, "order_meal")
    assert said.value("utter_at_home_meal_form", "whose") == "王桂兰"
    talk.say("是", "affirm")
    talk.say("对", "affirm")
    [order] = talk.open_orders()
    assert (order.elder_id, order.person) == (1, "王桂兰")


def test_of_two_parents_the_one_is_asked_for(calls: Callable[[str], Talk]) -> None:
    talk = calls("wechat:o-2")
    _bound(talk, _record(talk))
    _bound(talk, _record(talk, "李国强", "13800000002", address="和平小区1号楼", diet="低糖"))
    said = talk.say(MEAL, "order_meal")
    assert said.ask == "for_whom"
    assert said.value("utter_for_whom", "names") == "王桂兰、李国强"
    assert talk.say("给李国强").value("utter_at_home_meal_form", "place") == "和平小区1号楼"
    assert "低糖" in (talk.say("是", "affirm").read_back or "")


def test_entitlements_are_told_from_the_record_which_is_said(calls: Callable[[str], Talk]) -> None:
    talk = calls(OWN)
    _record(talk, birth_date=date(1943, 1, 1), pension=False, residence="rural", ability=0)
    said = talk.say("高龄津贴一个月多少钱", "ask_entitlement")
    assert said.ask is None
    facts = said.value("utter_assumed", "facts") or ""
    assert facts.startswith("八十三岁、住阿拉善左旗")
    assert said.value("utter_assumed", "whose") == "您"
    assert any(cite.startswith("rule:") for line in said.lines for cite in line.cites)
    again = talk.say("高龄津贴一个月多少钱", "ask_entitlement")
    assert "utter_assumed" not in again.responses


def test_what_was_assumed_can_be_put_right(calls: Callable[[str], Talk]) -> None:
    talk = calls(OWN)
    _record(talk, birth_date=date(1943, 1, 1), pension=False, residence="rural", ability=0)
    talk.say("高龄津贴一个月多少钱", "ask_entitlement")
    before = talk.last.text
    after = talk.say("不对,我一百岁了", "correct")
    assert talk.slots["age"] == "100"
    assert talk.slots["pension"] == "none"
    assert any(line.cites for line in after.lines)
    assert after.text != before


def test_only_what_the_record_lacks_is_asked(calls: Callable[[str], Talk]) -> None:
    talk = calls(OWN)
    _record(talk, region="银川市", birth_date=date(1943, 1, 1), residence="urban")
    said = talk.say("高龄津贴一个月多少钱", "ask_entitlement")
    assert said.ask == "pension"
    assert "utter_assumed" in said.responses


def test_of_a_neighbour_the_record_says_nothing(known: Talk) -> None:
    said = known.say("邻居高龄津贴多少钱", "ask_entitlement")
    assert said.ask == "region"
    assert "utter_assumed" not in said.responses
    known.say("阿拉善左旗")
    assert known.requested == "age"


def test_after_an_answer_for_oneself_the_husband_is_another_person(known: Talk) -> None:
    known.say("高龄津贴多少钱", "ask_entitlement")
    known.slots["pension"] = "none"
    known.form = known.requested = None
    said = known.say("那我老伴的高龄津贴呢", "ask_entitlement")
    assert said.ask == "age"
    assert known.slots["pension"] is None


def test_strangers_are_asked_everything(calls: Callable[[str], Talk], known: Talk) -> None:
    said = calls("web-8").say("高龄津贴一个月多少钱", "ask_entitlement")
    assert (said.ask, said.responses) == ("region", ())
