"""Orders, alarms by hand, answers out of the policies, and the wallboard, as operators use them."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.conversations import service as conversations
from care.conversations.model import Understanding
from care.operators.role import Role
from care.orders import service as orders
from care.orders.model import Order
from tests.care.desk.talks import talk
from tests.care.figures.day import ask, call
from tests.care.figures.day import say as hear
from tests.conftest import NOW
from tests.console.desk.floor.conftest import Say
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor

pytest_plugins = ["tests.console.desk.desk_setting"]

TOMORROW = "2026-11-22"
MEAL = {
    "service": "午餐",
    "on": TOMORROW,
    "count": "2",
    "place": "东风小区1号楼",
    "person": "王秀兰",
    "phone": "13800000001",
}
PAGES = {
    "/desk/orders": {"zhangmin", "wangfang"},
    "/desk/orders/new": {"zhangmin", "wangfang"},
    "/desk/knowledge": {"zhangmin", "wangfang"},
    "/desk/knowledge/find": {"zhangmin", "wangfang"},
    "/desk/raise": {"zhangmin", "wangfang"},
    "/desk/wallboard": {"wangfang", "auditor"},
    "/desk/wallboard/screen": {"wangfang", "auditor"},
    "/desk/wallboard/figures.csv": {"wangfang", "auditor"},
    "/desk/wallboard/figures.xlsx": {"wangfang", "auditor"},
}
"""Who may see each."""


@pytest.fixture
def visitor(address: str) -> Iterator[Visitor]:
    """Nobody yet."""
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        yield Visitor(client)


def only_order(setting: Setting) -> tuple[Order, list[tuple[str, str, str]]]:
    """The order, and its course: what, by whom, how."""
    with setting.sessions() as session:
        [found] = session.query(Order).all()
        return found, [(e.kind, e.by, e.how) for e in orders.events(session, found)]


def understood(setting: Setting, sender: str, **slots: str) -> int:
    """A conversation in which the assistant has understood this much; → its number."""
    number = talk(setting.sessions, sender, "明天中午订饭")
    with setting.sessions.begin() as session:
        session.add(
            Understanding(
                utterance_id=conversations.newest(session, number),
                conversation_id=number,
                at=NOW,
                intent="order_meal",
                confidence=0.9,
                slots=slots,
            )
        )
    return number


@pytest.mark.parametrize("name", ["zhangmin", "wangfang", "auditor"])
def test_each_sees_what_their_role_may(visitor: Visitor, name: str) -> None:
    for path in PAGES:
        assert visitor.client.get(path).status_code == 401, path
    visitor.sign_in(name)
    seen = {path for path in PAGES if visitor.get(path).status_code == 200}
    assert seen == {path for path, who in PAGES.items() if name in who}
    if name == "auditor":
        for path in ("/desk/orders", "/desk/orders/1", "/desk/orders/1/cancel", "/desk/raise"):
            assert visitor.post(path, MEAL).status_code == 403, path


def test_an_order_is_taken_changed_and_cancelled(visitor: Visitor, setting: Setting) -> None:
    slots = {"meal": "午餐", "on_date": TOMORROW, "place": "东风小区1号楼", "diet": "少盐"}
    number = understood(setting, "tel:13800000001", **slots)
    visitor.sign_in("zhangmin")
    form = visitor.get(f"/desk/orders/new?conversation={number}").text
    assert "空着就用登记的 138****0001" in form
    for value in ("东风小区1号楼", "少盐", TOMORROW):
        assert f'value="{value}"' in form
    assert "<option selected>午餐</option>" in form
    assert "13800000001" not in form

    refused = visitor.post("/desk/orders", MEAL | {"on": "2026-11-01", "person": ""})
    assert refused.status_code == 422
    assert "这一天已经过去了" in refused.text
    assert "写上老人的姓名" in refused.text
    assert 'value="东风小区1号楼"' in refused.text

    answer = visitor.post("/desk/orders", MEAL | {"phone": "", "conversation": str(number)})
    assert answer.status_code == 303
    placed, course = only_order(setting)
    assert answer.headers["location"] == f"/desk/orders/{placed.id}"
    assert (placed.phone, placed.count, placed.conversation_id) == ("13800000001", 2, number)
    assert course == [("placed", "zhangmin", "desk")]

    page = visitor.get(answer.headers["location"]).text
    assert "13800000001" not in page
    assert "张敏" in page
    path = f"/desk/orders/{placed.id}"
    assert visitor.post(path, MEAL | {"count": "99", "phone": ""}).status_code == 422
    assert visitor.post(path, MEAL | {"count": "3", "phone": ""}).status_code == 303
    assert only_order(setting)[0].count == 3
    assert visitor.post(f"{path}/cancel").status_code == 303
    changed, course = only_order(setting)
    assert (changed.state, course[-1]) == ("cancelled", ("cancelled", "zhangmin", "desk"))
    assert "改好了" not in visitor.get(path).text
    assert visitor.post(path, MEAL | {"count": "4"}).status_code == 409
    assert visitor.get("/desk/orders/999").status_code == 404
    assert visitor.get("/desk/orders/new?conversation=999").status_code == 404
    listed = visitor.get("/desk/orders?words=王秀兰").text
    assert placed.ref in listed
    assert "没有要办的订单" in visitor.get("/desk/orders").text


def test_an_alarm_raised_by_hand_is_one_however_often_sent(
    visitor: Visitor, setting: Setting
) -> None:
    number = talk(setting.sessions, "tel:13800000001", "喂")
    visitor.sign_in("zhangmin")
    form = visitor.get(f"/desk/raise?conversation={number}").text
    reference = re.search(r'name="reference" value="(\w+)"', form)
    assert reference
    fields = {"reference": reference[1], "conversation": str(number), "severity": "1"}
    for missing in ({"category": "x", "said": "摔了"}, {"category": "fall", "said": " "}):
        assert visitor.post("/desk/raise", fields | missing).status_code == 400
    fields |= {"category": "fall", "said": "电话里听见摔倒了", "place": "东风小区"}
    first, again = (visitor.post("/desk/raise", fields) for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    with setting.sessions() as session:
        [found] = session.query(Alarm).all()
        raised = alarms.events(session, found)[0]
    assert (found.category, found.severity, found.phone) == ("fall", 1, "13800000001")
    assert (raised.by, raised.how) == ("zhangmin", "desk")


def test_an_answer_goes_into_the_field_with_one_press(
    open_seat: OpenSeat, setting: Setting, say: Say
) -> None:
    seat = open_seat()
    say("web-1", "转人工")
    seat.arrive("zhangmin", "/desk/queue")
    seat.press("上线接待")
    seat.press("接起")
    seat.page.wait_for_url("**/desk/conversations/*")
    page = seat.page
    page.keyboard.press("/")
    page.keyboard.type("沈阳有多少个助餐点")
    page.keyboard.press("Enter")
    first = page.locator("#found .answer").first
    expect(first).to_contain_text("2023年")
    told = first.text_content()
    assert told
    assert seat.faults() == []
    page.locator("#found [data-says]").first.click()
    expect(page.locator("#text")).to_have_value(told)
    number = seat.path.rsplit("/", 1)[-1]
    seat.go(f"/desk/knowledge?conversation={number}&asked=沈阳有多少个助餐点")
    page.locator("#found [data-says]").first.click()
    page.wait_for_url(f"**/desk/conversations/{number}")
    expect(page.locator("#text")).to_have_value(told)
    assert seat.violations == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_work_has_a_serious_fault(
    open_seat: OpenSeat, setting: Setting, scheme: str
) -> None:
    number = understood(setting, "web-1", meal="午餐", on_date=TOMORROW)
    call(setting.sessions)
    ask(setting.sessions, "web-2", picked_up=20)
    alarms.raise_(setting.sessions, alarms.Report("fall", 1, "摔了"), NOW)
    with setting.sessions.begin() as session:
        wish = orders.Wish("午餐", NOW.date(), "东风小区", "王秀兰", "13800000001")
        placed = orders.place(session, wish, conversation_id=number, now=NOW).id
    seat = open_seat(scheme=scheme)
    seat.arrive("wangfang", "/desk/wallboard")
    expect(seat.page.locator(".plot canvas").first).to_be_visible()
    for path in (
        f"/desk/conversations/{number}",
        "/desk/orders",
        f"/desk/orders/new?conversation={number}",
        f"/desk/orders/{placed}",
        "/desk/knowledge?asked=食堂&region=沈阳市&age=84",
        f"/desk/raise?conversation={number}",
        "/desk/wallboard",
        "/desk/wallboard?span=week&on=2020-01-01",
        "/desk/wallboard/screen",
    ):
        seat.go(path)
        for summary in seat.page.locator(".numbers summary").all():
            summary.click()
        assert seat.faults() == [], path
    assert seat.violations == []


def test_the_wallboard_follows_and_draws_what_it_tells(
    open_seat: OpenSeat, setting: Setting
) -> None:
    seat = open_seat()
    seat.arrive("wangfang", "/desk/wallboard")
    page = seat.page
    expect(page.get_by_text("今天还没有人来电、留言或报警")).to_be_visible()
    expect(page.locator(".plot canvas")).to_have_count(0)
    setting.clock.passes(seconds=6)
    call(setting.sessions)
    hear(setting.sessions, "web-1", "nlu_fallback")
    ask(setting.sessions, "web-2", picked_up=20)
    setting.clock.passes(seconds=6)  # the page may have looked in between
    calls = page.locator(".figures-list div", has_text="打进的电话")
    expect(calls.locator("b")).to_have_text("1")
    within = page.locator(".figures-list .missed", has_text="15 秒内接起")
    expect(within).to_contain_text("✗ 没到 95%")
    chart = page.locator(".chart", has=page.locator("#course-talks"))
    expect(chart.locator("canvas")).to_be_visible()
    drawn = page.evaluate(
        "echarts.getInstanceByDom(document.querySelector('.chart .plot'))"
        ".getOption().series.map(each => [each.name, each.data[10]])"
    )
    assert drawn == [["打进的电话", 1], ["文字对话", 1]]
    chart.locator("summary").click()
    expect(chart.get_by_role("row", name="10时")).to_contain_text("1")
    seat.go("/desk/wallboard/screen")
    expect(page.locator(".wall-row div", has_text="今天来电").locator("b")).to_have_text("1")
    fits = "document.documentElement.scrollHeight <= innerHeight"
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert page.evaluate(fits)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert seat.violations == []


def test_who_may_only_see_figures_stays_at_the_screen_and_sees_no_alarm(
    visitor: Visitor, setting: Setting
) -> None:
    setting.add("wall", Role.SCREEN, "大屏")
    alarms.raise_(setting.sessions, alarms.Report("fall", 1, "摔了", place="东风小区"), NOW)
    visitor.sign_in("auditor")
    assert "data-stays" not in visitor.get("/desk/wallboard/screen").text
    visitor.post("/desk/logout")
    visitor.sign_in("wall")
    assert "data-stays" in visitor.get("/desk/wallboard/screen").text
    for path in ("/desk/wallboard/live", "/desk/wallboard/screen/live"):
        with visitor.client.stream("GET", path) as stream:
            told = ""
            for text in stream.iter_text():
                told += text
                if "event: groups" in told or "event: screen" in told:
                    break
        assert "东风小区" not in told
        assert "event: alert" not in told
