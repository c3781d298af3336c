"""WeChat's pages in a real browser: accessible, nothing inline, and whole on a telephone."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from bot.channels.wechat.menu import Menu
from care.data_files import DATA
from care.elders.event import events
from care.elders.model import Elder
from care.operators.role import Role
from care.wechat import binding
from care.wechat.code import Grant
from console.desk.wechat_page import build_router as build_desk_page
from tests.console.desk.seat import OpenSeat, Seat
from tests.console.desk.setting import Setting
from tests.serving import serving
from tests.wechat.platform.delivery import Delivery
from tests.wechat.platform.interface import build_interface
from tests.wechat.sandbox.page import build_page
from tests.wechat.test_page import sign_in
from tests.wechat.world import World

pytest_plugins = ["tests.console.desk.desk_setting"]

TELEPHONE = (375, 812)
MEASURES = Path(__file__).parents[1] / "console" / "elder_page_measures.js"
SIZE, TARGET = 20, 56


@pytest.fixture
def address(setting: Setting) -> Iterator[str]:
    """The desk, with the page that gives binding codes."""
    with serving(setting.app(build_desk_page(b"k" * 32))) as found:
        yield found


def fits(seat: Seat) -> bool:
    """Whether nothing is wider than the window."""
    size = seat.page.viewport_size
    assert size is not None
    return bool(seat.page.evaluate("document.documentElement.scrollWidth") <= size["width"])


@pytest.mark.parametrize(("window", "scheme"), [(TELEPHONE, "dark"), ((1280, 800), "light")])
def test_the_desk_gives_a_code_once_the_elder_agreed(
    setting: Setting, open_seat: OpenSeat, window: tuple[int, int], scheme: str
) -> None:
    setting.add("li", Role.OPERATOR, "李娜")
    with setting.sessions.begin() as session:
        session.add(Elder(name="王桂兰", phone="13800000001"))
    seat = open_seat(window, scheme=scheme)
    seat.arrive("li", "/desk/wechat/1")
    assert seat.faults() == []
    seat.page.get_by_label("家里人的").check()
    seat.press("给一个绑定码")  # the browser asks for the consent first
    expect(seat.page.locator("#digits")).to_have_count(0)
    seat.page.get_by_label("老人本人同意").check()
    seat.press("给一个绑定码")
    expect(seat.page.locator("#digits")).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    assert fits(seat)
    assert seat.faults() == []
    assert seat.violations == []


def test_an_elder_who_changes_their_mind_is_unbound_at_the_desk(
    setting: Setting, open_seat: OpenSeat
) -> None:
    setting.add("li", Role.OPERATOR, "李娜")
    with setting.sessions.begin() as session:
        session.add(Elder(name="王桂兰", phone="13800000001"))
        session.flush()
        binding.bind(session, "o-lihong", Grant(1, "family", "desk li"), setting.clock())
    seat = open_seat((1280, 800))
    seat.arrive("li", "/desk/wechat/1")
    seat.sees("家里人的")
    assert seat.faults() == []
    seat.page.get_by_role("button", name=re.compile("解开家里人的微信")).click()
    seat.press("是")
    expect(seat.page.get_by_text("已经绑定的微信")).to_have_count(0)
    seat.sees("给一个绑定码")
    with setting.sessions() as session:
        assert binding.bound(session, "o-lihong") == []
        assert [(each.kind, each.by) for each in events(session, 1, count=1)] == [("wechat", "li")]
    assert seat.violations == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_inside_wechat_is_large_and_fits(
    wechat: World, open_seat: OpenSeat, scheme: str
) -> None:
    seat = open_seat(TELEPHONE, scheme=scheme)
    with httpx.Client(base_url=wechat.hotline, trust_env=False, timeout=30) as client:
        sign_in(client)
        cookie = client.cookies["wechat"]
    seat.page.context.add_cookies([{"name": "wechat", "value": cookie, "url": wechat.hotline}])
    seat.go(f"{wechat.hotline}/wechat/page")
    box = seat.page.get_by_role("textbox", name="您想说什么")
    box.fill("我要订明天的午饭")
    box.press("Enter")
    seat.sees("您说的是我要订明天的午饭")
    seat.press("紧急求助")
    seat.press("要")
    seat.sees("报上去了")
    measures = MEASURES.read_text("utf-8")
    letters = seat.page.evaluate(f"() => {measures}.letters()")
    targets = seat.page.evaluate(f"() => {measures}.targets()")
    assert len(letters) > 10
    assert [found for found in letters if found[1] < SIZE] == []
    assert len(targets) > 8
    assert [found for found in targets if min(found[1:]) < TARGET] == []
    assert seat.page.evaluate(f"() => {measures}.tooWide()") == [0, []]
    assert seat.faults() == []
    assert seat.violations == []


def test_a_developer_chats_in_the_sandbox(wechat: World, open_seat: OpenSeat) -> None:
    wechat.account.menu = Menu.load(DATA).platform("https://hotline.example.cn")
    app = build_interface(wechat.account)
    app.include_router(
        build_page(wechat.account, Delivery(wechat.account, f"{wechat.hotline}/wechat"))
    )
    with serving(app) as sandbox:
        for window in (TELEPHONE, (1280, 800)):
            seat = open_seat(window)
            seat.go(sandbox)
            seat.page.get_by_label("写字").fill("我要订饭")
            seat.press("发送")
            seat.sees("您说的是我要订饭")
            seat.press("人工")
            seat.sees("我给您转人工")
            assert fits(seat)
            assert seat.faults() == []
            assert seat.violations == []
