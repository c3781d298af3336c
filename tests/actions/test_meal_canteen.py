"""Meals at a canteen in a conversation: where they are eaten, until when they are ordered, and what
somebody must not eat."""

from collections.abc import Callable

import pytest

from bot.menu_question import MenuQuestion
from care.canteens.model import Canteen
from care.canteens.sentences import sentence
from care.canteens.way import DELIVERY, DINE_IN, PICK_UP
from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.elders.event import events
from care.elders.model import Elder
from care.language.normalise import normalise
from tests.actions.driver import Talk
from tests.care.canteens import kitchen
from tests.care.canteens.kitchen import PEANUTS
from tests.care.orders import town

Calls = Callable[[str], Talk]

DAY = town.MONDAY
PHONE = "13800000001"


@pytest.fixture
def talk(calls: Calls) -> Talk:
    """王桂兰 calls on her own number; peanuts are on record, and a canteen is near by."""
    talk = calls(f"tel:{PHONE}")
    with talk.context.sessions.begin() as session:
        provider = town.provider(session, "康乐养老", "早餐", "午餐", "晚餐")
        kitchen.canteen(session, provider)
        row = session.get_one(Elder, town.elder(session))
        row.allergies, row.address = PEANUTS, "东关小区3号楼501"
    return talk


def cook(talk: Talk, *, meal: str = "午餐") -> None:
    """Peanuts on the day after tomorrow."""
    with talk.context.sessions.begin() as session:
        row = session.get_one(Canteen, 1)
        kitchen.cook(session, row, DAY, PEANUTS, meal=meal)


def test_who_goes_to_the_canteen_isnt_asked_for_an_address(talk: Talk) -> None:
    talk.say("后天中午一份,我去食堂吃,没有忌口", "order_meal")
    assert talk.last.read_back is not None
    assert "在东关社区食堂(东关小区1号楼)吃" in talk.last.read_back
    talk.say("对", "affirm")
    [order] = talk.open_orders()
    assert (order.way, order.canteen_id, order.region) == (DINE_IN, 1, town.REGION)
    assert order.place == "东关社区食堂(东关小区1号楼)"


def test_they_change_their_mind_and_have_it_brought(talk: Talk) -> None:
    talk.say("后天中午一份,我自己来拿,没有忌口", "order_meal")
    assert "自己到东关社区食堂" in (talk.last.read_back or "")
    talk.say("还是给我送到家里吧", "inform")
    assert talk.requested == "at_home"
    talk.say("对", "affirm")
    assert "送到东关小区3号楼501" in (talk.last.read_back or "")
    talk.say("对", "affirm")
    [order] = talk.open_orders()
    assert (order.way, order.canteen_id) == (DELIVERY, None)


def test_the_next_meal_is_brought_again(talk: Talk) -> None:
    for words in ("后天中午一份,我自己来拿,没有忌口", "后天晚上一份,没有忌口"):
        talk.say(words, "order_meal")
        while not talk.last.read_back:
            talk.say("对", "affirm")
        talk.say("对", "affirm")
    assert [order.way for order in talk.open_orders()] == [PICK_UP, DELIVERY]


def test_without_a_canteen_near_by_it_is_said_and_brought(calls: Calls) -> None:
    talk = calls("web-1")
    said = talk.say("后天中午一份,我去食堂吃", "order_meal")
    assert "没有登记能堂食的食堂" in said.text
    assert talk.slots.get("canteen") is None


def test_what_they_must_not_eat_is_said_and_the_next_meal_offered(talk: Talk) -> None:
    cook(talk)
    said = talk.say("给我订后天中午的饭一份", "order_meal")
    assert "您对花生过敏，后天午餐的宫保鸡丁里有花生，这一顿不能订。" in said.text
    assert "最近能订的是后天的晚餐" in said.text
    while not talk.last.read_back:
        talk.say("没有忌口" if talk.requested == "diet" else "对", "affirm")
    assert "晚餐" in talk.last.read_back
    talk.say("对", "affirm")
    [order] = talk.open_orders()
    assert (order.service, order.on) == ("晚餐", DAY)
    with talk.context.sessions() as session:
        [event] = events(session, 1, count=5)
    assert (event.kind, event.by) == ("meal_stopped", "assistant")


def test_a_menu_that_comes_before_the_yes_still_stops_it(talk: Talk) -> None:
    talk.say("后天中午一份,我去食堂吃,没有忌口", "order_meal")
    cook(talk)
    said = talk.say("对", "affirm")
    assert "您对花生过敏" in said.text
    assert "晚餐" in (said.read_back or "")
    assert talk.open_orders() == []


def test_after_the_cut_off_of_the_canteen_the_next_is_offered(talk: Talk) -> None:
    talk.at(town.at(DAY, 10, 31))
    said = talk.say("今天中午一份,我去食堂吃,没有忌口", "order_meal")
    assert "要在今天10点30分以前订，现在来不及了" in said.text
    assert "今天" in (said.read_back or "")
    assert "晚餐" in (said.read_back or "")


def test_an_order_isnt_moved_onto_the_peanuts(talk: Talk) -> None:
    talk.say("后天中午一份,我去食堂吃,没有忌口", "order_meal")
    talk.say("对", "affirm")
    cook(talk, meal="晚餐")
    talk.say("改成晚上", "change_order")
    said = talk.last
    assert "您对花生过敏" in said.text
    assert talk.open_orders()[0].service == "午餐"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("后天食堂有什么菜", "东关社区食堂后天午餐有：米饭、宫保鸡丁8.5元。里面宫保鸡丁有花生，"),
        ("后天晚上食堂吃什么", "还没有登记后天晚餐的菜单，不好瞎说。"),
        ("今天食堂有什么菜", "您可以打食堂的电话问：04838234567。"),
        ("银川兴庆区的食堂今天有什么菜", "兴庆区还没有登记的食堂"),
    ],
)
def test_the_menu_is_told_from_the_menu_alone(talk: Talk, words: str, told: str) -> None:
    cook(talk)
    errand = MenuQuestion(talk.context.sessions, talk.context.clock, talk.context.regions)
    with talk.context.sessions() as session:
        row = session.get_one(Conversation, talk.id)
    said = errand.settle(row, _Spoken(), normalise(words))
    assert said is not None
    assert told in said.replies[0].text
    assert errand.settle(row, _Spoken(), "老年食堂有什么补贴") is None


def test_who_isnt_known_is_asked_where(calls: Calls) -> None:
    talk = calls("web-1")
    errand = MenuQuestion(talk.context.sessions, talk.context.clock, talk.context.regions)
    with talk.context.sessions() as session:
        row = session.get_one(Conversation, talk.id)
    said = errand.settle(row, _Spoken(), "今天食堂有什么菜")
    assert said is not None
    assert "在哪个旗县" in said.replies[0].text


def test_the_place_that_they_are_asked_for_is_the_answer(calls: Calls) -> None:
    talk = calls("web-1")
    with talk.context.sessions.begin() as session:
        row = session.get_one(Conversation, talk.id)
        kitchen.cook(session, kitchen.canteen(session, town.provider(session, "康乐", "午餐")), DAY)
        for speaker, words in (
            ("elder", "后天中午食堂有什么菜"),
            ("assistant", sentence("which_place")),
            ("elder", "我在左旗这边"),
        ):
            conversations.record(
                session, conversation=row, speaker=speaker, text=words, now=talk.context.now()
            )
    errand = MenuQuestion(talk.context.sessions, talk.context.clock, talk.context.regions)
    said = errand.settle(row, _Spoken(), "我在左旗这边")
    assert said is not None
    assert said.replies[0].text == "东关社区食堂后天午餐有：米饭、宫保鸡丁8.5元。"
    assert errand.settle(row, _Spoken(), "左旗高龄津贴") is None
    assert errand.settle(row, _Spoken(), "我儿子来拿") is None


class _Spoken:
    sender_id, channel, caller_phone = "web-1", "web", None
