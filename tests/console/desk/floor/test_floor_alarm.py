"""An alarm at the desk: heard, acknowledged, dispatched, resolved; by keyboard alone."""

import re

from playwright.sync_api import expect

from care.alarms import service as alarms
from care.alarms.model import Alarm
from tests.console.desk.floor.conftest import Say
from tests.console.desk.seat import OpenSeat, Seat
from tests.console.desk.setting import Setting

pytest_plugins = ["tests.console.desk.desk_setting"]

FALL = "我家老伴摔倒了起不来"


def only_alarm(setting: Setting) -> tuple[Alarm, list[tuple[str, str, str]]]:
    """The alarm, and its course: what, by whom, how."""
    with setting.sessions() as session:
        [found] = session.query(Alarm).all()
        return found, [(e.kind, e.by, e.how) for e in alarms.events(session, found)]


def stage(seat: Seat, name: str) -> None:
    """Waits until the alarm stands at this stage."""
    current = seat.page.locator(".stages [aria-current=step] b")
    expect(current).to_have_text(name)


def test_from_the_cry_to_the_end_by_keyboard(
    open_seat: OpenSeat, setting: Setting, say: Say
) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/queue")
    keyboard, page = seat.page.keyboard, seat.page
    keyboard.press("Tab")  # any press lets the page make a sound
    expect(page.get_by_text("没有报警。")).to_be_visible()

    say("web-1", FALL)
    row = page.locator(".row.alarm")
    expect(row).to_contain_text(FALL)
    expect(row).to_contain_text("跌倒")
    expect(page).to_have_title(re.compile("【1 个报警】跌倒"))
    expect(page.locator("html")).to_have_attribute("data-rang", re.compile(r"\d"))

    keyboard.press("a")
    page.wait_for_url("**/desk/alarms/A*")
    stage(seat, "接警")
    expect(page).to_have_title(re.compile("^报警"))
    keyboard.press("d")
    keyboard.type("值班员小李")
    keyboard.press("Enter")
    stage(seat, "派人")
    page.locator("h1").click()  # out of the field
    keyboard.press("p")
    stage(seat, "到场")
    keyboard.press("r")
    keyboard.type("已替老人拨了 120")
    keyboard.press("Enter")
    expect(page.locator(".course")).to_contain_text("已替老人拨了 120")
    page.locator("h1").click()
    keyboard.press("e")
    keyboard.press("Space")  # the first ending: helped
    keyboard.press("Enter")
    stage(seat, "了结")

    found, course = only_alarm(setting)
    assert (found.state, found.outcome, found.responder) == ("closed", "helped", "值班员小李")
    assert found.handled_by == "zhangmin"
    by_desk = [(kind, by) for kind, by, how in course if how == "desk"]
    assert [kind for kind, _ in by_desk] == [
        "acknowledged",
        "dispatched",
        "on_site",
        "remark",
        "closed",
    ]
    assert {by for _, by in by_desk} == {"zhangmin"}
    assert seat.violations == []


def test_an_alarm_is_seen_from_whatever_page(open_seat: OpenSeat, say: Say) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/callbacks")
    say("web-1", FALL)
    link = seat.page.locator(".alerts a")
    expect(link).to_contain_text("跌倒")
    seat.page.keyboard.press("!")
    seat.page.wait_for_url("**/desk/alarms/A*")


def test_of_two_who_acknowledge_one_is_told_who_has_it(open_seat: OpenSeat, say: Say) -> None:
    first, second = open_seat(), open_seat()
    first.arrive("zhangmin", "/desk/queue")
    second.arrive("lihua", "/desk/queue")
    say("web-1", FALL)
    for seat in (first, second):
        expect(seat.page.locator(".row.alarm")).to_be_visible()
    second.page.context.set_offline(True)  # what the other does, they don't see
    first.page.keyboard.press("a")
    first.page.wait_for_url("**/desk/alarms/A*")
    second.page.context.set_offline(False)
    path = first.path.removeprefix("desk/alarms/")
    second.page.evaluate(
        "path => htmx.ajax('POST', path, {swap: 'none'})", f"/desk/alarms/{path}/acknowledge"
    )
    expect(second.page.locator("#desk-told")).to_have_text("张敏已经接了这个报警。")
    expect(second.page.locator(".row.alarm")).to_contain_text("张敏")
