"""A sign-in that ends while a page is open; another site that tries to use it."""

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import expect

from care.elders.model import Elder
from care.operators import reveal
from care.operators.role import Role
from care.operators.sessions import LIFETIME
from tests.care.operators.people import PASSWORD
from tests.console.desk.seat import OpenSeat, Seat
from tests.console.desk.setting import Setting
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting"]


_ANSWERED = """() => performance.getEntriesByType("resource").some(
    ({ name, responseEnd }) => name.endsWith("/desk/here") && responseEnd > 0)"""


def arrive(seat: Seat, name: str, path: str) -> None:
    """Signs in, goes to a page, and waits until that has heard that the sign-in goes on: when it
    hears so late that the sign-in has ended, it asks for the password before anything is pressed.
    """
    seat.arrive(name, path)
    seat.page.wait_for_function(_ANSWERED)


def sign_in_again(seat: Seat, password: str = PASSWORD) -> None:
    """At the question over the page."""
    expect(seat.again).to_be_visible()
    expect(seat.again.get_by_label("密码")).to_be_focused()
    seat.page.keyboard.type(password)
    seat.page.keyboard.press("Enter")


def test_what_was_typed_survives_the_end_of_a_sign_in(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("wang", Role.ADMIN)
    seat = open_seat()
    arrive(seat, "wang", "/desk/people")
    seat.field("姓名").fill("李娜")
    seat.field("登录名").fill("li.na")
    setting.clock.passes(seconds=LIFETIME.longest.total_seconds())
    seat.press("添加")
    sign_in_again(seat, "wrong password")
    expect(seat.again.get_by_role("alert")).to_contain_text("不对")
    sign_in_again(seat)
    seat.sees("登录好了")
    expect(seat.again).to_be_hidden()
    expect(seat.field("姓名")).to_have_value("李娜")
    seat.press("添加")
    seat.sees("李娜的临时密码")
    assert seat.violations == []


def test_what_htmx_would_have_sent_survives_too(setting: Setting, open_seat: OpenSeat) -> None:
    setting.add("li", Role.OPERATOR)
    seat = open_seat()
    arrive(seat, "li", "/desk/sample")
    seat.field("记一笔").fill("老人说腿疼")
    setting.clock.passes(seconds=LIFETIME.longest.total_seconds())
    seat.press("记下")
    seat.press("是")
    sign_in_again(seat)
    expect(seat.again).to_be_hidden()
    expect(seat.field("记一笔")).to_have_value("老人说腿疼")
    seat.press("记下")
    seat.press("是")
    seat.sees("记下了 1 笔")
    assert seat.violations == []


def test_a_question_before_sending_is_answered_no_by_default(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("li", Role.OPERATOR)
    seat = open_seat()
    seat.arrive("li", "/desk/sample")
    seat.field("记一笔").fill("老人说腿疼")
    seat.press("记下")
    expect(seat.page.get_by_role("button", name="不", exact=True)).to_be_focused()
    seat.page.keyboard.press("Enter")
    seat.press("记下")
    seat.page.keyboard.press("Escape")
    seat.press("记下")
    seat.press("是")
    seat.sees("记下了 1 笔")


def test_the_question_for_the_password_cannot_be_dismissed(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("wang", Role.ADMIN)
    seat = open_seat()
    arrive(seat, "wang", "/desk/people")
    setting.clock.passes(seconds=LIFETIME.longest.total_seconds())
    seat.field("姓名").fill("李娜")
    seat.field("登录名").fill("li")
    seat.press("添加")
    expect(seat.again).to_be_visible()
    seat.page.keyboard.press("Escape")
    seat.page.keyboard.press("Escape")
    expect(seat.again).to_be_visible()


def test_somebody_who_is_idle_is_warned_and_working_keeps_the_sign_in(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("wang", Role.ADMIN)
    seat = open_seat()
    seat.page.clock.install()
    seat.arrive("wang", "/desk/me")
    warning = seat.page.get_by_text("很久没有操作")
    expect(warning).to_be_hidden()
    minutes = LIFETIME.idle.total_seconds() / 60 - 2
    setting.clock.passes(minutes=minutes)
    seat.page.clock.fast_forward(int(minutes * 60_000))
    expect(warning).to_be_visible()
    seat.page.mouse.move(200, 200)
    expect(warning).to_be_hidden()
    setting.clock.passes(minutes=minutes)
    seat.page.reload()
    assert seat.path == "desk/me"


def test_an_idle_page_asks_for_the_password_by_itself(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("wang", Role.ADMIN)
    seat = open_seat()
    seat.page.clock.install()
    seat.arrive("wang", "/desk/me")
    expect(seat.page.get_by_role("radio", name="跟电脑一样")).to_be_checked()
    minutes = LIFETIME.idle.total_seconds() / 60
    setting.clock.passes(minutes=minutes)
    seat.page.clock.fast_forward(int(minutes * 60_000))
    expect(seat.again).to_be_visible()


def test_another_person_in_another_window_does_not_work_under_the_first_name(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("wang", Role.ADMIN, "王芳")
    setting.add("zhao", Role.ADMIN, "赵磊")
    seat = open_seat()
    arrive(seat, "wang", "/desk/people")
    other = seat.page.context.new_page()
    other.goto("/desk/me")
    other.get_by_role("button", name="退出").click()
    other.get_by_label("登录名").fill("zhao")
    other.get_by_label("密码").fill(PASSWORD)
    other.get_by_role("button", name="登录").click()
    other.wait_for_url("**/desk/people")
    seat.field("姓名").fill("李娜")
    seat.field("登录名").fill("li.na")
    seat.press("添加")
    expect(seat.page.get_by_role("banner")).to_contain_text("赵磊")
    expect(seat.page.get_by_role("row")).to_have_count(3)  # nobody was added


def test_a_page_of_another_site_cannot_press_our_buttons(
    setting: Setting, open_seat: OpenSeat, address: str
) -> None:
    setting.add("wang", Role.ADMIN)
    number = setting.add("li", Role.OPERATOR)
    seat = open_seat()
    seat.arrive("wang", "/desk/people")
    evil = FastAPI()

    @evil.get("/")
    def lure() -> HTMLResponse:
        action = f"{address}/desk/people/{number}/deactivate"
        return HTMLResponse(f'<form method="post" action="{action}"><button>win</button></form>')

    with serving(evil) as elsewhere:
        seat.page.goto(elsewhere)  # another port: cookies go along, SameSite or not
        seat.page.get_by_role("button", name="win").click()
        seat.sees("刚才的没有送出")
    assert setting.operator("li").active
    seat.go("/desk/people")
    assert seat.path == "desk/people"


def test_a_number_is_shown_after_saying_why(setting: Setting, open_seat: OpenSeat) -> None:
    with setting.sessions.begin() as session:
        session.add(Elder(name="张桂兰", phone="13800000001"))
    setting.add("li", Role.OPERATOR, "李娜")
    seat = open_seat()
    seat.arrive("li", "/desk/sample")
    seat.sees("138****0001")
    seat.press("看完整号码")
    expect(seat.page.get_by_label("为什么要看？")).to_be_focused()
    assert seat.faults() == []
    seat.page.keyboard.type("回电话")
    seat.page.keyboard.press("Enter")
    seat.sees("13800000001")
    with setting.sessions() as session:
        (line,) = reveal.latest(session, count=5)
    assert (line.operator.name, line.entry.why) == ("li", "回电话")
    assert seat.violations == []


def test_whoever_may_not_reveal_has_no_button(setting: Setting, open_seat: OpenSeat) -> None:
    setting.add("sun", Role.AUDITOR)
    seat = open_seat()
    seat.arrive("sun", "/desk/sample")
    seat.sees("138****0001")
    expect(seat.page.get_by_role("button", name="看完整号码")).to_have_count(0)
