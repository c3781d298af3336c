"""Talking through the elders' page, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.console.elder import OpenPage
from tests.console.elder_page_assistant import ALARM, ALLOWANCE, MARKUP, SOURCE, TOO_FAST, TOO_LONG

pytest_plugins = ["tests.console.elder_page_setting"]

SENDER = r"web-[A-Za-z0-9._:@-]{16,60}"  # what the interface takes, and long enough to be unique


def test_a_question_gets_its_answer_and_source(open_page: OpenPage) -> None:
    elder = open_page()
    elder.say("高龄津贴多少")
    expect(elder.said).to_have_text(["高龄津贴多少"])
    expect(elder.replies).to_have_text([ALLOWANCE])
    expect(elder.log.locator(".who")).to_have_text(["您", "12349 助手"])
    expect(elder.log.locator(".sources")).to_have_text(re.compile(f"来源.{SOURCE}"))
    expect(elder.box).to_have_value("")
    assert elder.complaints == []


@pytest.mark.parametrize(
    ("button", "sentence"),
    [
        ("查补贴", "我能领什么补贴"),
        ("订饭", "我要订饭"),
        ("约上门", "我想约人上门"),
        ("找人工", "转人工"),
    ],
)
def test_quick_buttons_say_plain_sentences(open_page: OpenPage, button: str, sentence: str) -> None:
    elder = open_page()
    elder.press(button)
    expect(elder.replies).to_have_count(1)
    assert elder.assistant.texts() == [sentence]


def test_a_trembling_finger_says_it_once(open_page: OpenPage) -> None:
    elder = open_page()
    elder.page.get_by_role("button", name="订饭").dblclick()
    expect(elder.replies).to_have_count(1)
    elder.say("明天")
    assert elder.assistant.texts() == ["我要订饭", "明天"]


def test_nothing_is_sent_when_nothing_is_written(open_page: OpenPage) -> None:
    elder = open_page()
    elder.box.fill("  \n ")
    elder.press("发送")
    elder.say("在吗")
    assert elder.assistant.texts() == ["在吗"]


def test_enter_belongs_to_the_input_method_while_it_composes(open_page: OpenPage) -> None:
    elder = open_page()
    elder.box.fill("nihao")
    elder.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(elder.box).to_have_value("nihao")
    elder.say("你好")
    assert elder.assistant.texts() == ["你好"]


def test_shift_enter_begins_a_line(open_page: OpenPage) -> None:
    elder = open_page()
    elder.box.fill("一")
    elder.box.press("Shift+Enter")
    elder.box.press_sequentially("二")
    expect(elder.box).to_have_value("一\n二")
    assert elder.assistant.texts() == []


def test_thinking_is_shown_while_it_takes(open_page: OpenPage) -> None:
    elder = open_page()
    elder.assistant.ready.clear()
    elder.press("订饭")
    expect(elder.page.get_by_role("status").filter(has_text="正在想")).to_be_visible()
    elder.assistant.ready.set()
    expect(elder.replies).to_have_count(1)
    elder.settled()


def test_help_is_asked_for_once_more_before_it_is_called(open_page: OpenPage) -> None:
    elder = open_page()
    elder.press("紧急求助")
    asked = elder.page.get_by_role("alertdialog", name="要叫人来帮您吗")
    expect(asked).to_be_visible()
    elder.press("不用")
    expect(asked).to_be_hidden()
    assert elder.assistant.texts() == []
    expect(elder.page.get_by_role("button", name="紧急求助")).to_be_focused()
    elder.press("紧急求助")
    elder.page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    assert elder.assistant.texts() == []


def test_an_open_alarm_stays_in_sight_until_it_is_closed(open_page: OpenPage) -> None:
    elder = open_page()
    elder.call_for_help()
    assert [text[:2] for text in elder.assistant.texts()] == ["救命"]
    banner = elder.page.get_by_role("alert").filter(has_text=ALARM)
    for said in ["在东关小区", "三号楼", "二单元", "501"]:
        elder.say(said)
        expect(banner).to_be_in_viewport(ratio=1)
    elder.page.reload()
    expect(banner).to_be_in_viewport(ratio=1)
    elder.say("解除")
    expect(banner).to_have_count(0)


def test_the_alarm_is_announced_once(open_page: OpenPage) -> None:
    elder = open_page()
    elder.call_for_help()
    banner = elder.page.locator("#emergency > *").element_handle()
    elder.say("在家")
    assert banner is not None
    assert banner.evaluate("element => element.isConnected")


def test_waiting_for_a_person_is_shown_until_it_is_over(open_page: OpenPage) -> None:
    elder = open_page()
    elder.press("找人工")
    notice = elder.page.get_by_role("status").filter(has_text="找人工")
    expect(notice).to_be_visible()
    elder.say("好的")
    expect(notice).to_be_visible()
    elder.say("解除")
    expect(notice).to_have_count(0)


def test_silence_of_the_assistant_is_explained(open_page: OpenPage) -> None:
    elder = open_page()
    elder.say("没人理")
    expect(elder.log).to_contain_text("请等人工")


def test_a_refusal_is_shown_and_the_text_can_be_mended(open_page: OpenPage) -> None:
    elder = open_page()
    long = "长" * 501
    elder.say(long)
    expect(elder.log).to_contain_text(TOO_LONG)
    elder.press("改一改再发")
    expect(elder.box).to_have_value(long)
    expect(elder.box).to_be_focused()
    expect(elder.log).not_to_contain_text(TOO_LONG)


def test_too_fast_is_said_and_tried_again(open_page: OpenPage) -> None:
    elder = open_page()
    elder.say("太快")
    expect(elder.log).to_contain_text(TOO_FAST)
    elder.press("再试一次")
    elder.settled()
    assert elder.assistant.texts() == ["太快", "太快"]
    expect(elder.said).to_have_text(["太快"])


def test_without_a_network_nothing_is_lost(open_page: OpenPage) -> None:
    elder = open_page()
    elder.page.context.set_offline(True)
    elder.say("高龄津贴多少")
    expect(elder.log).to_contain_text("没有接通")
    expect(elder.said).to_have_text(["高龄津贴多少"])
    expect(elder.page.get_by_role("link", name="12349")).to_have_attribute("href", "tel:12349")
    elder.press("再试一次")
    expect(elder.log).to_contain_text("没有接通")
    elder.page.context.set_offline(False)
    elder.press("再试一次")
    expect(elder.replies).to_have_text([ALLOWANCE])
    expect(elder.said).to_have_text(["高龄津贴多少"])
    expect(elder.log).not_to_contain_text("没有接通")
    assert elder.assistant.texts() == ["高龄津贴多少"]


def test_a_call_for_help_that_fails_names_the_telephone(open_page: OpenPage) -> None:
    elder = open_page()
    elder.page.context.set_offline(True)
    elder.call_for_help()
    problem = elder.log.get_by_role("alert")
    expect(problem).to_contain_text("求助还没送到")
    expect(problem.get_by_role("link", name="120")).to_have_attribute("href", "tel:120")
    expect(elder.page.locator("#emergency")).to_be_empty()
    elder.page.context.set_offline(False)
    elder.press("再试一次")
    expect(elder.page.get_by_role("alert").filter(has_text=ALARM)).to_be_visible()


def test_a_broken_server_gets_another_try(open_page: OpenPage) -> None:
    elder = open_page()
    elder.say("坏了")
    expect(elder.log).to_contain_text("没有接通")
    expect(elder.page.get_by_role("button", name="再试一次")).to_be_visible()


def test_an_answer_that_never_comes_gets_another_try(open_page: OpenPage) -> None:
    elder = open_page()
    elder.page.clock.install()
    elder.assistant.ready.clear()
    elder.press("订饭")
    expect(elder.page.get_by_text("正在想")).to_be_visible()
    elder.page.clock.fast_forward(20_000)
    expect(elder.page.get_by_role("button", name="再试一次")).to_be_visible()
    elder.settled()


def test_markup_in_an_answer_is_shown_as_text(open_page: OpenPage) -> None:
    elder = open_page()
    title = elder.page.title()
    elder.say("标记")
    expect(elder.replies).to_have_text([MARKUP])
    expect(elder.log.locator(".sources")).to_contain_text(MARKUP)
    elder.say(MARKUP)
    expect(elder.said.last).to_have_text(MARKUP)
    assert elder.log.locator("img, b").count() == 0
    assert elder.page.title() == title


def test_a_reload_keeps_the_conversation_and_the_name(open_page: OpenPage) -> None:
    elder = open_page()
    elder.say("一")
    elder.box.fill("没写完")
    elder.page.reload()
    expect(elder.said).to_have_text(["一"])
    expect(elder.replies).to_have_count(1)
    expect(elder.box).to_have_value("没写完")
    elder.say("二")
    first, second = elder.assistant.heard
    assert first.sender_id == second.sender_id
    assert re.fullmatch(SENDER, first.sender_id)


def test_what_a_reload_interrupted_can_be_said_again(open_page: OpenPage) -> None:
    elder = open_page()
    elder.assistant.ready.clear()
    elder.press("订饭")
    elder.page.reload()
    elder.assistant.ready.set()
    expect(elder.said).to_have_text(["我要订饭"])
    elder.press("再试一次")
    expect(elder.replies).to_have_count(1)


def test_two_browsers_have_two_names(open_page: OpenPage) -> None:
    for elder in (open_page(), open_page()):
        elder.say("在吗")
    first, second = elder.assistant.heard
    assert first.sender_id != second.sender_id


def test_beginning_anew_clears_the_page_and_takes_a_new_name(open_page: OpenPage) -> None:
    elder = open_page()
    elder.call_for_help()
    elder.press("找人工")
    expect(elder.replies).to_have_count(3)
    elder.press("重新开始")
    expect(elder.log).to_be_empty()
    expect(elder.page.locator("#notices")).to_have_text("")
    elder.page.reload()
    expect(elder.log).to_be_empty()
    elder.say("二")
    expect(elder.replies).to_have_count(1)
    assert elder.assistant.heard[0].sender_id != elder.assistant.heard[-1].sender_id


def test_an_answer_to_the_old_conversation_stays_out_of_the_new(open_page: OpenPage) -> None:
    elder = open_page()
    elder.assistant.ready.clear()
    elder.press("订饭")
    expect(elder.page.get_by_text("正在想")).to_be_visible()
    elder.press("重新开始")
    with elder.page.expect_response("**/api/chat"):
        elder.assistant.ready.set()
    elder.say("二")
    expect(elder.said).to_have_text(["二"])
    expect(elder.replies).to_have_count(1)


def test_the_page_works_where_storing_is_forbidden(open_page: OpenPage) -> None:
    forbidden = "{ get() { throw new DOMException('no', 'SecurityError') } }"
    elder = open_page(
        script=f"""for (const name of ["localStorage", "sessionStorage"])
            Object.defineProperty(window, name, {forbidden})"""
    )
    elder.press("最大")
    elder.say("在吗")
    expect(elder.replies).to_have_count(1)


def test_without_scripts_the_telephone_is_named(open_page: OpenPage) -> None:
    elder = open_page(javascript=False)
    expect(elder.page.get_by_role("link", name="12349")).to_be_visible()
    expect(elder.page.locator("form")).to_be_hidden()
