"""Records in a real browser: found, corrected, with contacts, consents and a card."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from care.elders import code
from care.elders.consent import Consent, say
from care.elders.contact import contacts
from care.elders.event import events
from care.elders.model import Elder
from care.orders import service as orders
from care.orders.model import Order
from care.visits.outcome import ASSISTANT
from tests.care.orders import town
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting

pytest_plugins = ["tests.console.desk.desk_setting"]


def rows(page: Page) -> Locator:
    """The names that were found."""
    return page.locator("tbody th")


def test_found_by_number_and_by_sound(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/elders")
    for typed, found in (
        ("王桂兰", ["王桂兰", "汪贵兰"]),
        ("汪贵", ["王桂兰", "汪贵兰"]),
        ("138 0000 0001", ["王桂兰"]),
        ("5551234", ["李长山"]),
        ("152921194203050029", ["王桂兰"]),
        ("里长", ["李长山"]),
    ):
        seat.page.get_by_label("姓名、电话").fill(typed)
        seat.press("找")
        expect(rows(seat.page)).to_have_text(found)
    seat.page.get_by_label("姓名、电话").fill("王桂莲")
    seat.press("找")
    seat.sees("听着最像的")
    seat.page.get_by_label("姓名、电话").fill("")
    seat.page.get_by_label("区划").fill("阿拉善盟")
    seat.press("找")
    expect(rows(seat.page)).to_have_count(3)
    expect(seat.page.locator("tbody")).not_to_contain_text("13800000001")
    assert seat.violations == []


def test_corrected_and_kept_in_the_history(open_seat: OpenSeat, setting: Setting) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/elders/1")
    page = seat.page
    expect(page.locator("#facts")).to_contain_text("138****0001")
    expect(page.locator("#facts")).to_contain_text("1529**********0029")
    seat.press("改档案")
    expect(seat.field("电话")).to_have_value("")
    expect(seat.field("住址")).to_have_value("额鲁特花园1号楼2单元301")
    seat.field("电话").fill("123")
    page.get_by_label("花生").check()
    seat.press("保存")
    seat.sees("电话号码不对")
    expect(page.get_by_label("花生")).to_be_checked()
    seat.field("电话").fill("139 0000 0009")
    seat.press("保存")
    seat.sees("改好了。")
    history = page.locator("#history")
    expect(history).to_contain_text("过敏：（空） → 花生")
    expect(history).to_contain_text("电话改了")
    expect(page.locator("h1")).to_contain_text("花生过敏")
    with setting.sessions() as session:
        assert session.get_one(Elder, 1).phone == "13900000009"
        assert "139" not in "".join(e.before + e.after for e in events(session, 1, count=9))
    # Another page of the same record follows.
    other = open_seat()
    other.arrive("zhangmin", "/desk/elders/1")
    seat.page.get_by_text("老人说了").click()
    seat.press("同意")
    expect(other.page.locator("#history")).to_contain_text("保存资料：同意")
    assert seat.violations + other.violations == []


def test_who_died_gets_nothing_more(open_seat: OpenSeat, setting: Setting) -> None:
    with setting.sessions.begin() as session:
        wish = replace(town.HAIRCUT, elder_id=1, on=setting.clock().date() + timedelta(days=1))
        number = orders.place(session, wish, conversation_id=None, now=setting.clock()).id
        now = setting.clock()
        say(session, 1, Consent.VISITS, given=False, how="电话", by=ASSISTANT, now=now)
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/elders/1")
    expect(seat.page.get_by_text("不同意").first).to_be_visible()
    expect(seat.page.locator("#history")).to_contain_text("电话探访：不同意")
    seat.page.get_by_text("迁出了，去世了").click()
    seat.page.locator("#elder-state").select_option("deceased")
    assert seat.faults() == []
    seat.page.locator("form[action='/desk/elders/1/state'] button").click()
    seat.sees("要恢复只能重新订")
    seat.press("是")
    seat.sees("固定的单子和探访都停了")
    expect(seat.page.locator("h1")).to_contain_text("去世")
    with setting.sessions() as session:
        assert session.get_one(Order, number).state == "cancelled"
    assert seat.violations == []


def test_contacts_in_order(open_seat: OpenSeat, setting: Setting) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/elders/1")
    page, box = seat.page, seat.page.locator("#contacts")
    for name, phone in (("王小红", "13700000001"), ("赵大勇", "12")):
        page.locator("#contact-name").fill(name)
        page.locator("#contact-phone").fill(phone)
        seat.press("加上")
        expect(box.locator("li")).to_have_count(1)
    expect(page.locator("#desk-told")).to_contain_text("电话号码不对")
    page.locator("#contact-phone").fill("13700000002")
    page.get_by_label("本人同意我们打电话").check()
    seat.press("加上")
    expect(box.locator("li")).to_have_count(2)
    seat.press("往上：赵大勇")
    expect(box.locator("li").first).to_contain_text("赵大勇")
    seat.press("本人同意了：王小红")
    expect(box.get_by_text("还没问本人")).to_have_count(0)
    assert seat.faults() == []
    box.locator("li").nth(1).get_by_role("button", name="看完整号码").click()
    page.get_by_label("为什么要看？").fill("核对")
    seat.press("看号码")
    expect(box.get_by_text("13700000001")).to_be_visible()
    seat.press("去掉：赵大勇")
    seat.press("是")
    expect(box.locator("li")).to_have_count(1)
    with setting.sessions() as session:
        assert [(each.rank, each.name) for each in contacts(session, 1)] == [(1, "王小红")]


def test_a_card_to_print_and_to_lose(open_seat: OpenSeat, setting: Setting) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/elders/1")
    seat.press("发一个")
    first = seat.page.locator(".id-card .digits").inner_text()
    seat.page.wait_for_function("document.querySelector('.id-card img').naturalWidth > 0")
    assert seat.faults() == []
    seat.go("/desk/elders/1")
    seat.press("换一个")
    seat.press("是")
    seat.sees("养老服务电子码")
    second = seat.page.locator(".id-card .digits").inner_text()
    with setting.sessions() as session:
        assert code.by_code(session, first) is None
        found = code.by_code(session, second.lower())
        assert found is not None
        assert found.id == 1


def test_a_new_record_that_may_be_there_already(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/elders/new")
    seat.field("姓名").fill("黄桂兰")
    seat.field("电话").fill("13800000001")
    seat.page.locator("#birth").fill("1942")
    seat.page.locator("#region").fill("阿左旗")
    seat.press("保存")
    seat.sees("已经在第 1 号档案里了")
    seat.field("姓名").fill("汪桂兰")
    seat.field("电话").fill("13800000007")
    seat.press("保存")
    seat.sees("可能已经有档案了")
    assert seat.faults() == []
    seat.page.get_by_label("不是同一个人").check()
    seat.press("保存")
    seat.sees("档案建好了。")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault(open_seat: OpenSeat, setting: Setting, scheme: str) -> None:
    seat = open_seat((800, 900), scheme=scheme)
    seat.arrive("zhangmin", "/desk/elders")
    for path in (
        "",
        "/1",
        "/1/edit",
        "/new",
        "/import",
        "/export",
        "/duplicates",
        "/merge?first=1&second=2",
    ):
        seat.go(f"/desk/elders{path}")
        assert seat.faults() == [], path
    assert seat.page.evaluate("document.documentElement.scrollWidth") <= 800
    assert seat.violations == []


def test_who_has_no_right_sees_nothing(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.arrive("auditor", "/desk/elders/1")
    seat.sees("您的角色不能看这一页")
