"""A complaint that is said becomes a case, with a number, a deadline and a person offered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from care.complaints import service as complaints
from care.complaints.model import Complaint
from care.orders import life
from care.orders.model import Order
from care.orders.steps import Act
from tests.actions.driver import Talk
from tests.care.orders.town import LUNCH, TODAY, elder, place, provider
from tests.conftest import NOW

OWN = "tel:13800000001"


def _cases(talk: Talk) -> list[Complaint]:
    with talk.context.sessions() as session:
        return list(session.scalars(select(Complaint).order_by(Complaint.id)))


@pytest.fixture
def known(calls: Callable[[str], Talk]) -> Talk:
    """王桂兰 on her own telephone, whose lunch came today."""
    talk = calls(OWN)
    with talk.context.sessions.begin() as session:
        number = elder(session)
        maker = provider(session, "康乐餐厅", "午餐")
        order = place(session, LUNCH)
        order.elder_id, order.on = number, TODAY
        act = Act("康乐餐厅", NOW, "provider")
        life.offer(session, order.id, maker, act, places=5, due=NOW)
        for step in (life.accept, life.start, life.finish):
            step(session, order.id, act, provider_id=maker)
    return talk


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("送饭的态度太差了", "attitude"),
        ("饭是凉的我要投诉", "quality"),
        ("送饭的老是晚", "late"),
        ("送来的饭多收了我五块钱", "money"),
        ("吃了那个饭我拉肚子", "harm"),
    ],
)
def test_it_is_a_case_at_once(known: Talk, words: str, kind: str) -> None:
    said = known.say(words, "complain")
    [case] = _cases(known)
    assert (case.kind, case.text, case.state) == (kind, words, "open")
    assert (case.order_id, case.provider_id) == (1, 1)
    assert (case.person, case.phone) == ("王桂兰", "13800000001")
    assert said.value("utter_complaint_made", "case") == f"第{case.id}号"
    hours = 24 if kind == "harm" else 72
    assert case.due_at == NOW + timedelta(hours=hours)
    day = "明天" if kind == "harm" else "大后天"
    assert day in (said.value("utter_complaint_made", "due") or "")
    assert (said.offers, said.handover) == ("person", None)


def test_whoever_says_it_again_gets_a_person_and_no_second_case(known: Talk) -> None:
    known.say("饭是凉的我要投诉", "complain")
    said = known.say("那你们赶紧给我处理", "complain")
    assert said.handover == "complaint"
    [case] = _cases(known)
    with known.context.sessions() as session:
        notes = [each.note for each in complaints.events(session, case.id)]
    assert notes[-1] == "那你们赶紧给我处理"
    known.at(NOW + timedelta(hours=2))
    known.say("晚饭也是凉的", "complain")
    assert len(_cases(known)) == 2


def test_of_what_it_is_isnt_guessed(known: Talk) -> None:
    known.say("来打扫的那个人偷懒", "complain")
    [case] = _cases(known)
    assert case.order_id is None
    with known.context.sessions() as session:
        assert session.get_one(Order, 1).state == "done"


def test_nothing_told_yet_is_asked(known: Talk) -> None:
    assert known.say("我要投诉", "complain").ask == "complaint"
    assert _cases(known) == []
    said = known.say("送饭的骂我", "complain")
    assert "utter_complaint_made" in said.responses
    assert said.ask is None
    assert [case.kind for case in _cases(known)] == ["attitude"]


def test_whom_nobody_could_call_back_is_asked_for_a_number(talk: Talk) -> None:
    said = talk.say("送来的饭是馊的,我要投诉", "complain")
    assert said.responses[0] == "utter_complaint_noted"
    assert said.ask == "complaint_phone"
    talk.say("13900000002")
    [case] = _cases(talk)
    assert (case.text, case.phone) == ("送来的饭是馊的,我要投诉", "13900000002")
    assert talk.form is None


@pytest.mark.parametrize("words", ["不用了", "没有电话"])
def test_without_a_number_it_is_a_case_all_the_same(talk: Talk, words: str) -> None:
    talk.say("送来的饭是馊的", "complain")
    said = talk.say(words, "deny")
    assert "utter_complaint_made_unreached" in said.responses
    assert len(_cases(talk)) == 1


def test_a_wrong_number_is_said_to_be_wrong(talk: Talk) -> None:
    talk.say("送来的饭是馊的", "complain")
    assert talk.say("1390000").responses[0] == "utter_phone_problem"
    assert talk.requested == "complaint_phone"


def test_no_story_after_all(talk: Talk) -> None:
    talk.say("我要投诉", "complain")
    assert talk.say("算了不说了", "stop").responses == ("utter_complaint_dropped",)
    assert (_cases(talk), talk.form) == ([], None)


def test_not_understood_twice_brings_a_person(talk: Talk) -> None:
    talk.say("我要投诉", "complain")
    heard = [talk.say("嗯", "nlu_fallback", 0.2) for _ in range(2)]
    assert [said.handover for said in heard] == [None, "complaint"]


def test_in_the_middle_of_an_order_it_is_noted_and_the_order_goes_on(known: Talk) -> None:
    known.say("后天中午订一份饭", "order_meal")
    asked = known.requested
    said = known.say("上回的饭是凉的", "complain")
    assert "utter_complaint_made" in said.responses
    assert (said.ask, said.offers) == (asked, None)
    assert len(_cases(known)) == 1


def test_a_strangers_complaint_is_tied_to_nobodys_order(
    known: Talk, calls: Callable[[str], Talk]
) -> None:
    calls("tel:13700000005").say("送来的饭是凉的", "complain")
    [case] = _cases(known)
    assert (case.order_id, case.person, case.phone) == (None, "", "13700000005")
