"""Each page in light and dark: accessible, nothing inline, by keyboard, in a narrow window."""

import pytest
from playwright.sync_api import expect

from care.elders.model import Elder
from care.operators import accounts
from care.operators.model import Operator
from care.operators.role import Right, Role
from console.desk.links import IN_SIGHT, LINKS
from tests.console.desk.seat import OpenSeat, Seat
from tests.console.desk.setting import Setting

pytest_plugins = ["tests.console.desk.desk_setting"]

SCHEMES = ["light", "dark"]


@pytest.fixture
def staffed(setting: Setting) -> Setting:
    """An admin, two auditors of whom one left, an operator, and an elder."""
    setting.add("wang", Role.ADMIN, "王芳")
    setting.add("sun", Role.AUDITOR, "孙强")
    left = setting.add("zhou", Role.AUDITOR, "周敏")
    setting.add("li", Role.OPERATOR, "李娜")
    with setting.sessions.begin() as session:
        row = session.get_one(Operator, left)
        accounts.deactivate(session, row, by="wang", now=setting.clock())
        session.add(Elder(name="张桂兰", phone="13800000001"))
    return setting


@pytest.mark.parametrize("scheme", SCHEMES)
def test_before_signing_in(staffed: Setting, open_seat: OpenSeat, scheme: str) -> None:
    seat = open_seat(scheme=scheme)
    seat.go("/desk/login")
    assert seat.faults() == []
    seat.sign_in("wang", "wrong password")
    assert seat.faults() == []
    assert seat.violations == []
    assert seat.page.evaluate("document.documentElement.dataset.scheme") == scheme


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page(staffed: Setting, open_seat: OpenSeat, scheme: str) -> None:
    seat = open_seat(scheme=scheme)
    seat.arrive("wang")
    for path in (
        "/desk/people",
        "/desk/people/1",
        "/desk/people/2?done=changed",
        "/desk/people/3",
        "/desk/audit",
        "/desk/audit/numbers",
        "/desk/me",
        "/desk/me/totp",
        "/desk/nowhere",
        "/desk/reveal/elder/1",
        "/desk/sample",
    ):
        seat.go(path)
        assert seat.faults() == [], path
    assert seat.violations == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_opens_over_a_page(staffed: Setting, open_seat: OpenSeat, scheme: str) -> None:
    seat = open_seat(scheme=scheme)
    seat.arrive("wang", "/desk/people/2")
    seat.page.keyboard.press("?")
    expect(seat.page.get_by_role("dialog", name="快捷键")).to_be_visible()
    assert seat.faults() == []
    seat.page.keyboard.press("Escape")
    seat.press("停用")
    expect(seat.page.get_by_role("alertdialog")).to_be_visible()
    assert seat.faults() == []
    seat.press("不")
    seat.press("重置密码")
    seat.press("是")
    seat.sees("孙强的临时密码")
    assert seat.faults() == []
    staffed.clock.passes(days=1)
    seat.page.evaluate("import('/static/desk/session.js').then((session) => session.isOn())")
    expect(seat.again).to_be_visible()
    assert seat.faults() == []
    assert seat.violations == []


@pytest.mark.parametrize("path", ["/desk/people", "/desk/people/2", "/desk/audit", "/desk/me"])
@pytest.mark.parametrize("width", [320, 800])
def test_nothing_is_cut_off_in_a_narrow_window(
    staffed: Setting, open_seat: OpenSeat, path: str, width: int
) -> None:
    seat = open_seat((width, 700))
    seat.arrive("wang", path)
    assert seat.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_policy_refuses_what_is_inline(staffed: Setting, open_seat: OpenSeat) -> None:
    # Shows that the other tests would see a violation.
    seat = open_seat()
    seat.go("/desk/login")
    seat.page.evaluate("document.body.setAttribute('style', 'color: red')")
    seat.page.evaluate(
        """new Promise((told) => {
             addEventListener("securitypolicyviolation", told);
             document.body.append(Object.assign(document.createElement("script"), {text: "1"}));
           })"""
    )
    assert seat.violations == ["style-src-attr inline", "script-src-elem inline"]


def test_the_checker_finds_faults(staffed: Setting, open_seat: OpenSeat) -> None:
    # Shows that the other tests would see one.
    seat = open_seat()
    seat.go("/desk/login")
    seat.page.evaluate("document.querySelector('label').remove()")
    assert [fault.partition(":")[0] for fault in seat.faults()] == ["label"]


def colours(seat: Seat) -> str:
    """The ground that is painted."""
    return str(seat.page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_the_colours_chosen_on_this_computer_stay(staffed: Setting, open_seat: OpenSeat) -> None:
    seat = open_seat(scheme="light")
    seat.arrive("wang", "/desk/me")
    light = colours(seat)
    seat.page.get_by_role("radio", name="深色").check()
    dark = colours(seat)
    assert dark != light
    seat.page.reload()
    assert colours(seat) == dark
    expect(seat.page.get_by_role("radio", name="深色")).to_be_checked()
    seat.page.get_by_role("radio", name="跟电脑一样").check()
    assert colours(seat) == light


def test_one_key_opens_a_page_but_never_while_writing(
    staffed: Setting, open_seat: OpenSeat
) -> None:
    rights = staffed.desk.roles.rights(Role.ADMIN)
    paths = [link.path for link in LINKS if link.right in rights]
    people, audit = (str(paths.index(path) + 1) for path in ("/desk/people", "/desk/audit"))
    seat = open_seat()
    seat.arrive("wang", "/desk/people")
    seat.field("姓名").press(audit)
    expect(seat.field("姓名")).to_have_value(audit)
    seat.field("姓名").blur()
    seat.page.keyboard.press(audit)
    seat.page.wait_for_url("**/desk/audit")
    seat.page.keyboard.press(people)
    seat.page.wait_for_url("**/desk/people")
    seat.go("/desk/me")
    seat.page.get_by_role("radio", name="关", exact=True).check()
    seat.page.keyboard.press("?")
    seat.page.keyboard.press(people)
    expect(seat.page.get_by_role("dialog")).to_have_count(0)
    assert seat.path == "desk/me"


def test_the_way_of_the_tab_key(staffed: Setting, open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.arrive("wang", "/desk/people")
    rights = staffed.desk.roles.rights(Role.ADMIN)
    labels = [link.label for link in LINKS if link.right in rights]
    stops = []
    for _ in range(len(labels) + 4):
        seat.page.keyboard.press("Tab")
        stops.append(seat.page.evaluate("document.activeElement.innerText"))
    stops = [" ".join(stop.split()) for stop in stops]
    assert stops == ["跳到正文", "12349 坐席台", *labels, "王芳 管理员", "退出"]
    seat.page.reload()
    seat.page.keyboard.press("Tab")
    seat.page.keyboard.press("Enter")
    expect(seat.page.locator("main")).to_be_focused()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_the_bar_has_no_room_for_is_one_key_further(
    staffed: Setting, open_seat: OpenSeat, scheme: str
) -> None:
    staffed.add("zhao", Role.SUPERVISOR, "赵敏")
    seat = open_seat((1280, 800), scheme=scheme)
    seat.arrive("zhao", "/desk/me")
    assert seat.page.evaluate("document.querySelector('.bar').offsetHeight") <= 64
    more = seat.page.locator("summary", has_text="更多")
    first, last = (
        seat.page.get_by_role("link", name=name, exact=True) for name in ("服务商", "报告")
    )
    expect(last).to_be_hidden()
    seat.page.keyboard.press(str(IN_SIGHT + 1))
    expect(last).to_be_in_viewport()
    expect(more).to_be_focused()
    assert seat.faults() == []
    seat.page.keyboard.press("Tab")
    expect(first).to_be_focused()
    seat.page.keyboard.press("Escape")
    expect(last).to_be_hidden()
    expect(more).to_be_focused()
    seat.page.keyboard.press("Enter")
    expect(last).to_be_visible()
    seat.page.get_by_role("heading", level=1).click()
    expect(last).to_be_hidden()
    assert seat.violations == []


def test_what_opens_from_the_bar_has_room_in_a_narrow_window(
    staffed: Setting, open_seat: OpenSeat
) -> None:
    staffed.add("zhao", Role.SUPERVISOR, "赵敏")
    seat = open_seat((320, 700))
    seat.arrive("zhao", "/desk/me")
    seat.page.locator("summary", has_text="更多").click()
    expect(seat.page.get_by_role("link", name="报告", exact=True)).to_be_visible()
    assert seat.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_an_operator_without_pages_yet_has_a_home(staffed: Setting, open_seat: OpenSeat) -> None:
    assert Right.TAKE_CALLERS in staffed.desk.roles.rights(Role.OPERATOR)
    seat = open_seat()
    seat.arrive("li")
    assert seat.page.url.endswith(("/desk/me", "/desk/queue"))
