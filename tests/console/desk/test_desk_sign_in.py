"""Signing in and out, in a real browser against a real server."""

import re

import pyotp
from playwright.sync_api import expect

from care.operators import accounts
from care.operators.model import Operator
from care.operators.role import Role
from care.operators.throttle import LIMITS
from tests.care.operators.people import PASSWORD
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting

pytest_plugins = ["tests.console.desk.desk_setting"]


def test_signing_in_leads_to_where_one_wanted_to_go(setting: Setting, open_seat: OpenSeat) -> None:
    setting.add("wang", Role.ADMIN, "王芳")
    seat = open_seat()
    seat.go("/desk/audit/numbers")
    assert seat.path == "desk/login?next=/desk/audit/numbers"
    expect(seat.field("登录名")).to_be_focused()
    seat.sign_in("wang")
    assert seat.path == "desk/audit/numbers"
    expect(seat.page.get_by_role("banner")).to_contain_text("王芳 管理员")
    seat.go("/desk/login")
    assert seat.path == "desk/people"  # home, for whoever is in already
    assert seat.violations == []


def test_a_wrong_password_keeps_the_name_and_asks_again(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("wang", Role.ADMIN)
    seat = open_seat()
    seat.go("/desk/login")
    seat.sign_in("wang", "wrong password")
    expect(seat.page.get_by_role("alert")).to_contain_text("不对，请再试一次")
    expect(seat.field("登录名")).to_have_value("wang")
    expect(seat.page.get_by_label("密码")).to_be_focused()
    expect(seat.page.get_by_label("密码")).to_have_value("")
    seat.page.keyboard.type(PASSWORD)
    seat.page.keyboard.press("Enter")
    seat.page.wait_for_url("**/desk/people")


def test_too_many_wrong_passwords_lock_for_a_while(setting: Setting, open_seat: OpenSeat) -> None:
    setting.add("wang", Role.ADMIN)
    seat = open_seat()
    seat.go("/desk/login")
    for _ in range(LIMITS.pair.free + 1):
        seat.sign_in("wang", "wrong password")
    seat.sign_in("wang")
    expect(seat.page.get_by_role("alert")).to_contain_text("请 1 分钟后再试")
    setting.clock.passes(minutes=1)
    seat.sign_in("wang")
    assert seat.path == "desk/people"


def test_signing_out_leaves_nothing_to_go_back_to(setting: Setting, open_seat: OpenSeat) -> None:
    setting.add("wang", Role.ADMIN)
    seat = open_seat()
    seat.arrive("wang")
    cookie = seat.page.context.cookies()
    seat.press("退出")
    seat.page.wait_for_url("**/desk/login")
    assert seat.page.context.cookies() != cookie
    seat.page.go_back()
    seat.page.wait_for_url("**/desk/login**")
    # Whoever copied it gets nowhere either.
    seat.page.context.add_cookies(cookie)  # type: ignore[arg-type]
    seat.go("/desk/people")
    assert seat.path.startswith("desk/login")


def test_whoever_is_deactivated_is_out_with_the_next_click(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("wang", Role.ADMIN)
    number = setting.add("li", Role.AUDITOR)
    seat = open_seat()
    seat.arrive("li", "/desk/audit")
    seat.page.wait_for_load_state("networkidle")
    with setting.sessions.begin() as session:
        row = session.get_one(Operator, number)
        accounts.deactivate(session, row, by="wang", now=setting.clock())
    seat.press("看过的号码")
    seat.page.wait_for_url("**/desk/login**")
    seat.sign_in("li")
    expect(seat.page.get_by_role("alert")).to_be_visible()


def test_a_role_that_may_not_gets_a_page_that_says_so(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("li", Role.EDITOR, "李娜")
    seat = open_seat()
    seat.arrive("li", "/desk/people")
    seat.sees("您的角色不能看这一页")
    pages = seat.page.get_by_role("navigation", name="页面")
    expect(pages.get_by_role("link", name="看板")).to_be_visible()
    expect(pages.get_by_role("link", name="人员")).to_have_count(0)
    seat.press("回首页")
    seat.page.wait_for_url("**/desk/wallboard")


def test_a_new_colleague_from_the_first_password_to_the_second_factor(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("wang", Role.ADMIN, "王芳")
    boss = open_seat()
    boss.arrive("wang", "/desk/people")
    boss.field("姓名").fill("李娜")
    boss.field("登录名").fill("li.na")
    boss.page.get_by_role("radio", name=re.compile("审计员")).check()
    boss.press("添加")
    boss.sees("李娜的临时密码")
    password = boss.page.locator("#one-time").text_content() or ""

    seat = open_seat()
    seat.go("/desk")
    seat.sign_in("li.na", password)
    seat.sees("先换一个自己的密码")
    seat.field("临时密码").fill(password)
    seat.field("新密码").fill("123456789a")
    seat.field("新密码再写一遍").fill("123456789a")
    seat.press("换密码")
    seat.sees("这个密码太常见")
    seat.field("临时密码").fill(password)
    seat.field("新密码").fill("huanggua kaihua le")
    seat.field("新密码再写一遍").fill("huanggua kaihua le")
    seat.press("换密码")
    seat.sees("密码改好了")

    seat.press("开通")
    expect(seat.page.get_by_role("img", name="二维码")).to_be_visible()
    seat.page.get_by_text("手工填密钥").click()
    phone = pyotp.TOTP((seat.page.locator("#secret").text_content() or "").replace(" ", ""))
    seat.page.get_by_label("6 位数字").fill(phone.at(setting.clock()))
    seat.field("再填一遍密码").fill("huanggua kaihua le")
    seat.press("开通")
    seat.sees("已开通")
    seat.press("退出")
    seat.page.wait_for_url("**/desk/login")

    setting.clock.passes(seconds=30)
    seat.sign_in("li.na", "huanggua kaihua le")
    expect(seat.page.get_by_role("alert")).to_be_visible()
    seat.sign_in("li.na", "huanggua kaihua le", phone.at(setting.clock()))
    assert seat.path == "desk/audit"
    assert boss.violations == seat.violations == []
