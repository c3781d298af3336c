"""The page by keyboard alone and through the accessibility tree."""

import re

from playwright.sync_api import expect

from tests.console.elder import Elder, OpenPage
from tests.console.elder_page_assistant import ALARM, ALLOWANCE, SOURCE

pytest_plugins = ["tests.console.elder_page_setting"]


def focused(elder: Elder) -> str:
    """The name of what has the focus."""
    return str(
        elder.page.evaluate(
            "(e => e.labels?.[0]?.textContent || e.innerText || '')(document.activeElement)"
        )
    ).strip()


def test_the_way_of_the_tab_key_is_the_way_of_the_eye(open_page: OpenPage) -> None:
    elder = open_page((1280, 800))
    stops = []
    for _ in range(13):
        elder.page.keyboard.press("Tab")
        stops.append(focused(elder))
    assert [re.sub(r"\W", "", stop) for stop in stops] == [
        "直接写字提问",
        "重新开始",
        "大",
        "更大",
        "最大",
        "自动朗读",
        "查补贴",
        "订饭",
        "约上门",
        "您想说什么",
        "发送",
        "找人工",
        "紧急求助",
    ]


def test_a_whole_conversation_by_keyboard(open_page: OpenPage) -> None:
    elder = open_page()
    keyboard = elder.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Enter")  # the skip link
    expect(elder.box).to_be_focused()
    keyboard.type("高龄津贴多少")
    keyboard.press("Enter")
    expect(elder.replies).to_have_text([ALLOWANCE])
    expect(elder.box).to_be_focused()
    keyboard.type("谢谢")
    keyboard.press("Tab")
    keyboard.press("Space")  # 发送
    expect(elder.replies).to_have_count(2)
    for _ in range(2):
        keyboard.press("Tab")
    keyboard.press("Enter")  # 紧急求助
    expect(elder.page.get_by_role("button", name="要", exact=True)).to_be_focused()
    keyboard.press("Tab")
    expect(elder.page.get_by_role("button", name="不用")).to_be_focused()
    keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    expect(elder.page.get_by_role("alert").filter(has_text=ALARM)).to_be_visible()
    expect(elder.page.get_by_role("button", name="紧急求助")).to_be_focused()


def test_trying_again_by_keyboard_keeps_the_focus(open_page: OpenPage) -> None:
    elder = open_page()
    elder.page.context.set_offline(True)
    elder.say("在吗")
    elder.page.context.set_offline(False)
    elder.page.get_by_role("button", name="再试一次").press("Enter")
    expect(elder.replies).to_have_count(1)
    expect(elder.box).to_be_focused()


def test_what_a_screen_reader_finds(open_page: OpenPage) -> None:
    elder = open_page()
    expect(elder.page.locator("body")).to_match_aria_snapshot(
        """
        - link "直接写字提问"
        - banner:
          - heading "12349 养老热线" [level=1]
          - button "重新开始"
          - group "字的大小":
            - button "大" [pressed]
            - button "更大"
            - button "最大"
          - switch "自动朗读"
        - main:
          - heading /您好/ [level=2]
          - log "对话"
          - group "常用的事":
            - button "查补贴"
            - button "订饭"
            - button "约上门"
          - form "写字提问":
            - textbox /您想说什么/
            - button "发送"
            - button "找人工"
            - button "紧急求助"
        """
    )
    expect(elder.log).to_have_attribute("aria-live", "polite")
    assert elder.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_what_a_screen_reader_finds_after_talking(open_page: OpenPage) -> None:
    elder = open_page()
    elder.say("高龄津贴多少")
    elder.call_for_help()
    elder.press("找人工")
    elder.settled()
    expect(elder.page.locator("#notices")).to_match_aria_snapshot(
        f"""
        - alert:
          - paragraph:
            - strong: /别慌/
          - paragraph: /{ALARM}/
        - status:
          - paragraph: /找人工/
        """
    )
    expect(elder.log).to_match_aria_snapshot(
        f"""
        - log "对话":
          - article:
            - paragraph: 您
            - paragraph: 高龄津贴多少
          - article:
            - paragraph: 12349 助手
            - paragraph: {ALLOWANCE}
            - paragraph: /{SOURCE}/
            - button "读给我听"
        """
    )


def test_after_a_reload_the_log_is_announced_again(open_page: OpenPage) -> None:
    elder = open_page()
    elder.say("一")
    elder.page.reload()
    expect(elder.replies).to_have_count(1)
    expect(elder.log).not_to_have_attribute("aria-busy", "true")


def test_the_question_before_help_holds_the_keyboard(open_page: OpenPage) -> None:
    elder = open_page()
    elder.press("紧急求助")
    asked = elder.page.get_by_role("alertdialog", name="要叫人来帮您吗")
    names = set()
    for _ in range(8):
        elder.page.keyboard.press("Tab")
        names.add(focused(elder) if asked.locator(":focus").count() else "")
    assert names - {""} == {"要", "不用", "打 120"}
    expect(elder.box).not_to_be_focused()
