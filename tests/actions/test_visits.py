"""When somebody comes on a visit, who was there last, and not now, please."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from care.clock import SHANGHAI
from care.desk import callbacks
from care.storage.engine import Sessions
from care.visits import service, stewards
from care.visits.model import PUT_OFF, Visit
from care.visits.plan import Planner
from care.visits.service import Report
from care.visits.state import How, State, Why
from care.wechat import binding
from care.wechat.code import Grant
from care.wechat.users import SENDER
from tests.actions.bookings import placed_service
from tests.actions.driver import Talk
from tests.care.visits.people import REGIONS, RULES, add_elder
from tests.conftest import NOW

MOBILE, HOME = "tel:13800000001", "04835551234"
Calls = Callable[[str], Talk]


@pytest.fixture
def planned(embedded: Sessions) -> Sessions:
    """王桂兰1, who can't be telephoned on a visit, and her husband, who is; they share a landline
    and a steward."""
    with embedded.begin() as session:
        add_elder(session, 1, ("失能",))
        add_elder(session, 2, agrees=True)
        stewards.add(session, name="李芳", phone="13600000001", regions=["阿拉善盟"])
    Planner(embedded, RULES, REGIONS.within).due(NOW)
    return embedded


def ask(talk: Talk, text: str = "你们啥时候来看我") -> list[str]:
    lines = talk.say(text, "ask_my_visit").lines
    return [f"{each.response}:{each.values.get('steward', '')}" for each in lines]


def course(sessions: Sessions, number: int) -> list[str]:
    with sessions() as session:
        return [each.kind for each in service.events(session, number)]


def test_who_comes_and_until_when(planned: Sessions, calls: Calls) -> None:
    said = calls(MOBILE).say("你们啥时候来看我", "ask_my_visit")
    [line] = said.lines
    assert line.response == "utter_visit_planned_steward"
    assert (line.values["name"], line.values["steward"]) == ("王桂兰1", "李芳")
    assert line.values["days"] == "十一月三十号,星期一以前,"
    assert ask(calls("tel:13800000002")) == ["utter_visit_planned_phone:"]


def test_a_visit_of_next_month_begins_there(planned: Sessions, calls: Calls) -> None:
    with planned.begin() as session:
        service.record(session, 1, Report(How.HOME, "李芳", NOW.date()), by="li", now=NOW)
    Planner(planned, RULES, REGIONS.within).due(datetime(2026, 12, 1, 10, tzinfo=SHANGHAI))
    said = calls(MOBILE).say("下次谁来看我", "ask_my_visit")
    assert said.value("utter_visit_planned_steward", "days") == (
        "十二月一号,星期二到十二月三十一号,星期四,"
    )


def test_after_a_telephone_that_did_not_do_somebody_comes(planned: Sessions, calls: Calls) -> None:
    with planned.begin() as session:
        visit = session.get_one(Visit, 2)
        visit.in_person, visit.steward_id = Why.NO_ANSWER, None
    assert ask(calls("tel:13800000002")) == ["utter_visit_planned:"]


def test_who_was_there_last(planned: Sessions, calls: Calls) -> None:
    talk = calls(MOBILE)
    assert ask(talk, "上次谁来的") == ["utter_visit_never:", "utter_visit_planned_steward:李芳"]
    for how, name in ((How.HOME, "home"), (How.ELSEWHERE, "elsewhere"), (How.PHONE, "phone")):
        with planned.begin() as session:
            session.get_one(Visit, 1).state = State.PLANNED
            service.record(session, 1, Report(how, "赵强", NOW.date()), by="li", now=NOW)
        said = talk.say("上回是谁来看的我", "ask_my_visit")
        assert said.responses == (f"utter_visit_last_{name}",)
        assert said.value(f"utter_visit_last_{name}", "day") == "今天,十一月二十一号,星期六"
    assert said.offers is None


def test_who_has_no_visit_is_offered_a_person(planned: Sessions, calls: Calls) -> None:
    with planned.begin() as session:
        session.get_one(Visit, 1).state = State.DROPPED
    said = calls(MOBILE).say("这个月谁来看我", "ask_my_visit")
    assert (said.responses, said.offers) == (("utter_visit_none",), "person")


def test_strangers_are_told_nothing(planned: Sessions, calls: Calls) -> None:
    for stranger in ("web-5", "tel:13700000003", "tel:04835559999"):
        for text, intent in (("这个月谁来看我", "ask_my_visit"), ("别来了", "put_off_visit")):
            said = calls(stranger).say(text, intent)
            assert (said.responses, said.offers) == (("utter_visit_unknown",), "person")


def test_family_in_wechat_asks_for_their_mother(planned: Sessions, calls: Calls) -> None:
    with planned.begin() as session:
        binding.bind(session, "o-1", Grant(1, "family", "sms"), NOW)
    assert ask(calls(f"{SENDER}o-1"), "这个月谁去看我妈") == ["utter_visit_planned_steward:李芳"]


def test_not_now_is_noted_once_and_changes_no_plan(planned: Sessions, calls: Calls) -> None:
    talk = calls(MOBILE)
    for text in ("这个月别来了", "改天再来"):
        assert talk.say(text, "put_off_visit").responses == ("utter_visit_put_off",)
    assert course(planned, 1) == ["planned", PUT_OFF]
    with planned() as session:
        visit = session.get_one(Visit, 1)
        assert (visit.state, visit.due_on) == (State.PLANNED, date(2026, 11, 30))
        [wish] = callbacks.still_open(session)
    assert (wish.person, wish.phone, wish.conversation_id) == ("王桂兰1", "13800000001", talk.id)
    assert "11-21 到 11-30" in wish.about


def test_not_now_may_mean_what_was_booked(planned: Sessions, calls: Calls) -> None:
    with planned.begin() as session:
        session.get_one(Visit, 1).state = State.DONE
    talk = calls(MOBILE)
    assert talk.say("改天再来", "put_off_visit").responses == ("utter_visit_none",)
    placed_service(talk)
    assert talk.say("改天再来", "put_off_visit").ask is not None
    assert talk.form == "order_form"
