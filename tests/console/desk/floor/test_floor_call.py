"""Telephone calls in the pages of the desk; for their sound see tests/e2e/test_phone_desk.py."""

import pytest
from playwright.sync_api import expect

from care.calls import service as call_records
from care.calls.kind import Direction
from care.calls.service import NewCall
from care.conversations.service import open_conversation
from care.handovers import service as handovers
from console.desk.calls import OnCall, Part
from tests.console.desk.floor.far_end import FarEnd
from tests.console.desk.seat import OpenSeat, Seat
from tests.console.desk.setting import Setting

pytest_plugins = ["tests.console.desk.desk_setting"]

PAGE = "/desk/conversations/1"


@pytest.fixture
def calls() -> FarEnd:
    return FarEnd()


@pytest.fixture
def caller(setting: Setting) -> None:
    """Somebody on the telephone, who waits."""
    now = setting.clock()
    with setting.sessions.begin() as session:
        open_conversation(session, sender_id="tel:13800000001", channel="phone", now=now)
        new = NewCall("leg", Direction.IN, "sip", "13800000001", "12349")
        call = call_records.begin(session, new, now)
        call_records.belongs(session, call.id, conversation_id=1)
        handovers.request(session, conversation_id=1, reason="asked", now=now)


def enters(setting: Setting, calls: FarEnd, *people: OnCall) -> None:
    """These people are in the call now, and open pages are told."""
    calls.people = people
    with setting.sessions.begin() as session:
        handovers.note(session, 1, kind="joined", by=people[-1].name, now=setting.clock())


def taken(seat: Seat) -> None:
    """They are at the desk, and take the caller from the queue."""
    seat.arrive("zhangmin", "/desk/queue")
    seat.press("上线接待")
    seat.press("接起")
    seat.page.wait_for_url("**/desk/conversations/1")


def test_an_operator_takes_the_call_holds_it_and_asks_a_colleague_in(
    open_seat: OpenSeat, setting: Setting, calls: FarEnd, caller: None
) -> None:
    seat, colleague = open_seat(), open_seat()
    colleague.arrive("lihua", "/desk/queue")
    colleague.press("上线接待")
    taken(seat)
    page = seat.page
    told = page.locator("#desk-told")
    expect(told).to_contain_text("麦克风")  # this browser has none, and says so
    expect(page.locator("#record")).to_contain_text("打进")
    enters(setting, calls, OnCall("zhangmin", Part.OPERATOR, "one"))
    expect(page.locator(".call-state")).to_contain_text("通话中")
    assert seat.faults() == []
    with page.expect_response("**/call/hold"):
        seat.press("请老人稍等")
    assert calls.steps[-1] == ("hold", True, "zhangmin")
    calls.held = True
    enters(setting, calls, OnCall("zhangmin", Part.OPERATOR, "one"))
    expect(page.locator(".call-state")).to_contain_text("老人在听等待音")
    seat.press("请人加入")
    assert seat.faults() == []
    seat.press("请 李华")
    expect(colleague.page.get_by_role("link", name="张敏请您加入通话")).to_be_visible()
    colleague.go(PAGE)
    expect(colleague.page.get_by_role("button", name="加入通话")).to_be_visible()
    assert seat.violations == []


def test_a_supervisor_may_listen_whisper_and_talk(
    open_seat: OpenSeat, setting: Setting, calls: FarEnd, caller: None
) -> None:
    taken(open_seat())
    operator = OnCall("zhangmin", Part.OPERATOR, "one")
    enters(setting, calls, operator, OnCall("wangfang", Part.LISTENER, "two"))
    seat = open_seat(scheme="dark")
    seat.arrive("wangfang", PAGE)
    expect(seat.page.locator(".on-line")).to_contain_text("王芳 在旁听")
    for name in ("旁听", "只跟坐席说", "一起说"):
        expect(seat.page.get_by_role("button", name=name, exact=True).first).to_be_visible()
    assert seat.faults() == []
    assert seat.violations == []


def test_a_headset_that_the_browser_doesnt_give_is_explained(
    open_seat: OpenSeat, setting: Setting
) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/me")
    seat.press("试耳麦")
    seat.page.wait_for_url("**/desk/headset")
    assert seat.faults() == []
    seat.press("开始")
    expect(seat.page.get_by_role("alert")).to_contain_text("麦克风")
    assert seat.faults() == []
    assert seat.violations == []
