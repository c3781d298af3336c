"""Taking over a chat from the elders' page, talking, and handing it back."""

import re

from playwright.sync_api import expect

from care.desk import seats
from care.handovers import service as handovers
from tests.console.desk.floor.conftest import OpenElder, Say
from tests.console.desk.seat import OpenSeat, Seat
from tests.console.desk.setting import Setting

pytest_plugins = ["tests.console.desk.desk_setting"]

PRESS_TOGETHER = """
at => setTimeout(() => document.querySelector('[data-key=j]').click(), at - Date.now())
"""


def test_take_over_talk_and_hand_back_by_keyboard(
    open_seat: OpenSeat, open_elder: OpenElder, setting: Setting
) -> None:
    seat, elder = open_seat(), open_elder()
    seat.arrive("zhangmin", "/desk/queue")
    page, keyboard = seat.page, seat.page.keyboard
    keyboard.press("s")  # available
    expect(page.locator("#seat .me")).to_contain_text("空闲")

    elder.say("转人工")
    expect(elder.banner).to_contain_text("正在给您找人工")
    expect(page.locator("[data-waiting]")).to_contain_text("自己要求找人工")
    keyboard.press("j")
    page.wait_for_url("**/desk/conversations/*")
    expect(elder.banner).to_contain_text("坐席 张敏 在跟您说话")

    keyboard.press("r")
    keyboard.type("您好，我是张敏，<b>您请说</b>。")
    keyboard.press("Enter")
    said = elder.log.locator(".person")
    expect(said.locator(".text")).to_have_text("您好，我是张敏，<b>您请说</b>。")
    expect(said.locator(".who")).to_have_text("坐席 张敏")
    expect(page.locator("#text")).to_have_value("")

    elder.say("高龄津贴怎么没到")
    expect(page.locator("#said .by-elder").last).to_contain_text("高龄津贴怎么没到")
    expect(elder.log.locator(".reply:not(.person)")).to_have_count(1)  # the assistant is silent
    expect(page.locator("#said .by-operator .by")).to_contain_text("张敏")

    page.locator("h1").click()
    keyboard.press("h")
    keyboard.type("在问津贴")
    keyboard.press("Enter")
    page.wait_for_url("**/desk/queue")
    expect(elder.log).to_contain_text("人工已经忙完了，接下来还是我陪您。")
    expect(elder.banner).to_be_empty()
    elder.say("转人工")
    expect(elder.log.locator(".reply:not(.person)")).to_have_count(2)  # the assistant again

    with setting.sessions() as session:
        [again] = handovers.waiting(session)
        told = [(e.kind, e.by, e.note) for e in handovers.events(session, again.conversation_id)]
    assert told[2] == ("handed_back", "zhangmin", "在问津贴")
    assert seat.violations == []


def test_what_was_said_while_the_elder_was_away_is_there_on_return(
    open_seat: OpenSeat, open_elder: OpenElder
) -> None:
    seat, elder = open_seat(), open_elder()
    elder.say("转人工")
    seat.arrive("zhangmin", "/desk/queue")
    seat.press("上线接待")
    seat.press("接起")
    seat.page.wait_for_url("**/desk/conversations/*")
    expect(elder.banner).to_contain_text("张敏")
    elder.page.goto("about:blank")
    for text in ("您好。", "还在吗？"):
        seat.page.locator("#text").fill(text)
        seat.press("发送")
        expect(seat.page.locator("#said")).to_contain_text(text)
    elder.page.go_back()
    expect(elder.log.locator(".person .text")).to_have_text(["您好。", "还在吗？"])
    elder.page.reload()
    expect(elder.banner).to_contain_text("张敏")
    expect(elder.log.locator(".person .text")).to_have_text(["您好。", "还在吗？"])


def test_two_operators_race_for_one_caller(open_seat: OpenSeat, setting: Setting, say: Say) -> None:
    pair = [open_seat(), open_seat()]
    for seat, name in zip(pair, ("zhangmin", "lihua"), strict=True):
        seat.arrive(name, "/desk/queue")
        seat.press("上线接待")
    say("web-1", "转人工")
    for seat in pair:
        expect(seat.page.locator("[data-waiting]")).to_be_visible()
    path = pair[0].page.locator("[data-waiting] form").get_attribute("action")
    at = pair[0].page.evaluate("Date.now() + 1500")
    for seat in pair:
        seat.page.evaluate(PRESS_TOGETHER, at)
    winner = winner_of(pair)
    [loser] = [seat for seat in pair if seat is not winner]
    name = "张敏" if winner is pair[0] else "李华"
    # Again, since the row may have gone from under a press that came late.
    loser.page.evaluate("path => htmx.ajax('POST', path, {swap: 'none'})", path)
    expect(loser.page.locator("#desk-told")).to_have_text(f"{name}先接起来了。")
    expect(loser.page.locator("[data-waiting]")).to_have_count(0)
    with setting.sessions() as session:
        [row] = handovers.waiting(session)
        assert row.operator == ("zhangmin" if winner is pair[0] else "lihua")


def winner_of(pair: list[Seat]) -> Seat:
    """Waits until one of them is at the conversation."""
    for _ in range(150):
        for seat in pair:
            if "conversations" in seat.page.url:
                return seat
        pair[0].page.wait_for_timeout(100)
    raise AssertionError("nobody got the caller")


def test_closing_needs_an_ending_and_leads_to_wrapping_up(
    open_seat: OpenSeat, setting: Setting, say: Say
) -> None:
    seat = open_seat()
    say("web-1", "转人工")
    seat.arrive("zhangmin", "/desk/queue")
    seat.press("上线接待")
    seat.press("接起")
    seat.page.wait_for_url("**/desk/conversations/*")
    seat.press("办完了")
    seat.press("结束这一位")  # without an ending: the browser asks for one
    expect(seat.page.get_by_role("dialog", name="办完了，结果是")).to_be_visible()
    seat.page.get_by_label("问题已答复").check()
    seat.press("结束这一位")
    seat.page.wait_for_url("**/desk/queue")
    expect(seat.page.locator("#seat .me")).to_contain_text("整理中")
    seat.press("上线接待")
    expect(seat.page.locator("#seat .me")).to_contain_text("空闲")
    with setting.sessions() as session:
        assert handovers.waiting(session) == []


def test_a_closed_browser_gives_the_caller_back(
    open_seat: OpenSeat, setting: Setting, say: Say
) -> None:
    gone, stays = open_seat(), open_seat()
    say("web-1", "转人工")
    gone.arrive("zhangmin", "/desk/queue")
    gone.press("上线接待")
    gone.press("接起")
    gone.page.wait_for_url("**/desk/conversations/*")
    stays.arrive("lihua", "/desk/queue")
    expect(stays.page.locator("[data-waiting]")).to_have_count(0)
    gone.page.context.close()
    setting.clock.passes(seconds=seats.GRACE.total_seconds() + 1)
    expect(stays.page.locator("[data-waiting]")).to_be_visible()
    expect(stays.page.locator("[data-waiting]")).to_contain_text(re.compile("网页来客"))


def test_a_stream_that_broke_catches_up(open_seat: OpenSeat, say: Say) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/queue")
    seat.page.context.set_offline(True)
    say("web-1", "转人工")
    seat.page.context.set_offline(False)
    expect(seat.page.locator("[data-waiting]")).to_be_visible()


def test_a_sign_in_that_ends_is_asked_for_over_the_page(
    open_seat: OpenSeat, setting: Setting
) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/queue")
    setting.clock.passes(hours=13)
    expect(seat.again).to_be_visible()
