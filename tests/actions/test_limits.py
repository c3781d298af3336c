"""What the catalogue asks of an order, as the conversation says and keeps it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from care.catalogue.service import Catalogue
from care.elders.model import Elder
from tests.actions.bookings import placed_service
from tests.actions.driver import Talk
from tests.care.orders.town import elder
from tests.conftest import NOW

TODAY = NOW.date()
WHO = "到东关小区三号楼二单元501,我叫王桂兰,电话13800000001"


def limited(catalogue: Catalogue, name: str, *only: str) -> Catalogue:
    """With a service that is for some alone."""
    service = catalogue.services[name].model_copy(update={"only": only})
    return replace(catalogue, services={**catalogue.services, name: service})


def test_too_early_is_told_when_it_can_be_had(talk: Talk) -> None:
    said = talk.say(f"今天下午三点来理发,{WHO}", "book_service")
    assert said.value("utter_too_soon", "lead") == "1天"
    assert "上午十点" in (said.value("utter_too_soon", "earliest") or "")
    assert "明天" in (said.read_back or "")
    talk.say("对", "affirm")
    [order] = talk.open_orders()
    assert (order.on, order.at) == (TODAY + timedelta(days=1), time(10, 0))


def test_it_is_said_before_anything_else_is_asked(talk: Talk) -> None:
    said = talk.say("今天下午三点理发", "book_service")
    assert said.responses == (
        "utter_noted",
        "utter_too_soon",
        "utter_ask_service_form_place",
    )
    assert said.value("utter_noted", "noted") == "上门理发"


def test_another_day_instead(talk: Talk) -> None:
    talk.say(f"今天下午三点来理发,{WHO}", "book_service")
    assert "后天" in (talk.say("不对,后天吧", "correct").read_back or "")


def test_what_was_in_time_at_the_read_back_is_looked_at_again(talk: Talk) -> None:
    talk.say(f"明天上午十点来理发,{WHO}", "book_service")
    talk.at(NOW + timedelta(minutes=10))
    said = talk.say("对", "affirm")
    assert "utter_too_soon" in said.responses
    assert said.read_back
    assert talk.open_orders() == []
    talk.say("对", "affirm")
    assert [order.at for order in talk.open_orders()] == [time(10, 30)]


def test_what_comes_again_begins_on_its_first_day_that_is_possible(talk: Talk) -> None:
    said = talk.say(f"每天上午九点来理发,{WHO}", "book_service")
    assert "后天" in (said.value("utter_too_soon", "earliest") or "")
    talk.say("对", "affirm")
    assert min(order.on for order in talk.open_orders()) == TODAY + timedelta(days=2)


def test_a_change_is_looked_at_too(talk: Talk) -> None:
    order = placed_service(talk)
    said = talk.say("改到今天下午三点", "change_order")
    assert said.responses[0] == "utter_too_soon"
    assert "明天" in (said.value("utter_confirm_change", "order") or "")
    talk.say("对", "affirm")
    [changed] = talk.open_orders()
    assert (changed.id, changed.on, changed.at) == (order.id, TODAY + timedelta(days=1), time(10))


def test_a_change_of_the_place_alone_needs_no_time(talk: Talk) -> None:
    order = placed_service(talk)
    talk.at(NOW + timedelta(days=1, hours=20))
    said = talk.say("地址改成和平小区六号楼501", "change_order")
    assert said.responses == ("utter_confirm_change",)
    talk.say("对", "affirm")
    assert [each.place for each in talk.open_orders()] == ["和平小区六号楼501"]
    assert order.on == talk.open_orders()[0].on


@pytest.fixture
def known(calls: Callable[[str], Talk]) -> Talk:
    """王桂兰, who lives alone, where 助浴 is for those alone who can't do it themselves."""
    talk = calls("tel:13800000001")
    with talk.context.sessions.begin() as session:
        row = session.get_one(Elder, elder(session))
        row.situations, row.address = frozenset({"独居"}), "东关小区3号楼402"
    talk.context = replace(talk.context, catalogue=limited(talk.context.catalogue, "助浴", "失能"))
    return talk


def test_whom_it_isnt_for_hears_why_and_what_else(known: Talk) -> None:
    said = known.say("后天上午十点来人洗澡", "book_service")
    assert said.value("utter_not_for", "only") == "失能"
    assert "陪着出门" in (said.value("utter_instead", "services") or "")
    assert said.ask == "service"
    assert known.slots["on_date"] == date(2026, 11, 23).isoformat()
    known.say("那就理发")
    assert known.requested == "at_home"


@pytest.mark.parametrize("fact", [{"situations": frozenset({"失能"})}, {"ability": 3}])
def test_whom_it_is_for_hears_nothing_of_it(known: Talk, fact: dict[str, object]) -> None:
    with known.context.sessions.begin() as session:
        for field, value in fact.items():
            setattr(session.get_one(Elder, 1), field, value)
    assert known.say("后天上午十点来人洗澡", "book_service").ask == "at_home"


def test_who_cant_turn_out_to_be_anybody_isnt_asked_six_questions_first(
    talk: Talk, known: Talk
) -> None:
    talk.context = known.context
    said = talk.say("我要约个洗澡", "book_service")
    assert "utter_unknown_for" in said.responses
    assert said.ask == "service"


def test_whoever_isnt_known_is_told_how_to_be(talk: Talk, known: Talk) -> None:
    talk.context = known.context
    said = talk.say(f"后天上午十点来人洗澡,{WHO}", "book_service")
    assert said.responses[:2] == ("utter_noted", "utter_unknown_for")
    assert said.ask == "service"
