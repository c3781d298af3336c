"""The other pages of the floor: call-backs, and what everybody with a disability needs."""

import pytest
from playwright.sync_api import expect

from care.desk import callbacks
from tests.console.desk.floor.conftest import Say
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting

pytest_plugins = ["tests.console.desk.desk_setting"]


def test_a_call_back_from_the_wish_to_the_end(open_seat: OpenSeat, setting: Setting) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/callbacks")
    page = seat.page
    page.get_by_label("姓名").fill("王秀兰")
    page.get_by_label("电话", exact=True).fill("138")
    page.get_by_label("为什么").fill("津贴到没到")
    seat.press("记下")
    expect(page.locator("#desk-told")).to_contain_text("电话号码不对")
    page.get_by_label("电话", exact=True).fill("138 0000 0001")
    seat.press("记下")
    row = page.locator("#list .row")
    expect(row).to_contain_text("138****0001")
    expect(page.get_by_label("为什么")).to_have_value("")
    page.keyboard.press("Tab")
    page.locator("h1").click()
    page.keyboard.press("j")  # 我来打
    expect(row).to_have_class("row held")
    seat.press("没人接，半小时后再打")
    expect(row).to_contain_text("打过 1 次没人接")
    seat.press("我来打")
    page.get_by_placeholder("说了什么").fill("讲清楚了")
    seat.press("说上了")
    expect(page.get_by_text("没有要回的电话。")).to_be_visible()
    with setting.sessions() as session:
        assert callbacks.still_open(session) == []
        assert callbacks.events(session, 1)[-1].note == "讲清楚了"


def test_a_whole_number_is_shown_for_a_reason_that_is_kept(
    open_seat: OpenSeat, setting: Setting
) -> None:
    with setting.sessions.begin() as session:
        wish = callbacks.Wish("13800000001", "津贴", setting.clock(), "王秀兰")
        callbacks.make(session, wish, by="zhangmin", now=setting.clock())
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/callbacks")
    seat.press("看完整号码")
    seat.page.get_by_label("为什么要看？").fill("回电话")
    seat.press("看号码")
    expect(seat.page.locator("#list .digits")).to_have_text("13800000001")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault(
    open_seat: OpenSeat, setting: Setting, say: Say, scheme: str
) -> None:
    say("web-1", "转人工")
    say("web-2", "我家老伴摔倒了起不来")
    say("web-3", "你好")
    say("web-4", "转人工")
    with setting.sessions.begin() as session:
        wish = callbacks.Wish("13800000001", "津贴", setting.clock(), "王秀兰")
        callbacks.make(session, wish, by="zhangmin", now=setting.clock())
    seat = open_seat(scheme=scheme)
    seat.arrive("zhangmin", "/desk/queue")
    seat.press("上线接待")
    expect(seat.page.locator("#seat .me")).to_contain_text("空闲")
    assert seat.faults() == []
    seat.page.locator("[data-waiting] button").first.click()
    seat.page.wait_for_url("**/desk/conversations/*")
    assert seat.faults() == []
    seat.press("办完了")
    assert seat.faults() == []
    seat.go("/desk/queue")
    seat.press("接警")
    seat.page.wait_for_url("**/desk/alarms/*")
    assert seat.faults() == []
    seat.press("了结")
    assert seat.faults() == []
    seat.go("/desk/callbacks")
    seat.press("我来打")
    expect(seat.page.locator(".row.held")).to_be_visible()
    assert seat.faults() == []
    assert seat.violations == []
