"""Benefits that find people, at the desk: the list, a click that tells, and the way to the end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from fastapi import FastAPI
from playwright.sync_api import expect

from care.benefits.channel import Channel
from care.benefits.sender import Sender
from care.benefits.sentences import Sentences
from care.benefits.words import Words
from care.data_files import DATA
from care.entitlements.load import Entitlements
from care.operators.role import Role
from care.regions.region import Regions
from console.desk import benefits_page
from console.desk.benefit_desk import BenefitDesk
from console.desk.pages import install as install_desk
from console.elder_page import build_router as build_elder_page
from hotline.attendance import attended, build_floor
from hotline.attendance import install as install_floor
from tests.care.benefits.found import Nights
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting"]


@dataclass
class Heard:
    """A short message that arrives."""

    texts: list[str] = field(default_factory=list)

    def tell(self, key: str, elder_id: int, text: str, spoken: str) -> bool:
        self.texts.append(text)
        return True


@pytest.fixture
def nights(setting: Setting) -> Nights:
    """One elder in 沈阳 who is due a service, one in 阿拉善 whose 户籍 nobody knows."""
    found = Nights(setting.sessions, setting.clock)
    found.add("王秀英", region="沈阳市", birth_date=date(1960, 1, 1))
    found.add("巴图", region="阿拉善左旗", birth_date=date(1940, 1, 1))
    found.night()
    return found


@pytest.fixture
def send(setting: Setting) -> Callable[[], str]:
    """Sends what is in the outbox; → the text."""

    def sent() -> str:
        way = Heard()
        assert Sender(Channel.SMS, way, setting.sessions, setting.clock, "test").send_one()
        return way.texts[0]

    return sent


@pytest.fixture
def address(setting: Setting, entitlements: Entitlements, nights: Nights) -> Iterator[str]:
    """Where it is served."""
    setting.add("zhangmin", Role.OPERATOR, "张敏")
    floor = build_floor(DATA, setting.sessions, setting.clock, entitlements)
    desk = BenefitDesk(
        floor, Words.load(), Sentences.load(), Regions.load(DATA / "regions.yml"), (Channel.SMS,)
    )
    app = FastAPI(docs_url=None, redoc_url=None, lifespan=lambda _app: attended(floor))
    app.include_router(build_elder_page())
    install_floor(app, floor)
    app.include_router(benefits_page.build_router(desk))
    install_desk(app, setting.desk)
    with serving(app) as found:
        yield found


def test_from_the_list_to_the_money(
    open_seat: OpenSeat, nights: Nights, send: Callable[[], str]
) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/benefits")
    page = seat.page
    expect(page.locator("h1")).to_contain_text("比对完 2 位老人，新发现 2 条")
    row = page.locator(".benefit-list tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("66岁")
    assert seat.faults() == []
    page.get_by_label("选 王秀英 的健康管理").check()
    seat.press("发短信")
    expect(page.get_by_role("status").first).to_contain_text("已经安排告知 1 位")
    expect(row).to_contain_text("正在发短信")
    page.get_by_role("link", name="王秀英").click()
    expect(page.locator("#steps")).to_contain_text("正在发短信告知")
    expect(page.locator(".facts")).to_contain_text("138****0000")
    assert seat.faults() == []
    assert "健康管理" in send()
    expect(page.locator("#state")).to_have_text("已告知")
    expect(page.locator("#course")).to_contain_text("已告知，发短信 张敏")
    seat.press("已经申请")
    expect(page.locator("#state")).to_have_text("申请中")
    page.get_by_label("备注").fill("街道已受理")
    page.get_by_label("从哪天起领").fill("2026-12-01")
    seat.press("已经发放")
    expect(page.locator("#state")).to_have_text("已发放")
    expect(page.locator("#course")).to_contain_text("已经发放：街道已受理")
    assert seat.faults() == []
    assert seat.violations == []


def test_what_is_missing_is_looked_up_by_a_person(open_seat: OpenSeat, nights: Nights) -> None:
    seat = open_seat(scheme="dark")
    seat.arrive("zhangmin", "/desk/benefits?state=to_check&region=阿拉善盟")
    row = seat.page.locator(".benefit-list tbody tr")
    expect(row).to_contain_text("需要核实：户籍")
    expect(row).to_contain_text("每月100元")
    assert seat.faults() == []
    seat.press("巴图")
    expect(seat.page.locator("#state")).to_have_text("需要核实")
    seat.press("核实过，符合")
    expect(seat.page.locator("#state")).to_have_text("待告知")
    seat.go("/desk/benefits?state=to_check&region=沈阳市&benefit=高龄津贴")
    seat.sees("这里没有“需要核实”的老人。")
    assert seat.faults() == []
    assert seat.violations == []


def test_whoever_may_not_see_elders_sees_nobody(visitor: Visitor) -> None:
    for role in (Role.EDITOR, Role.AUDITOR, Role.ADMIN):
        visitor.sign_in(role.value)
        for path in ("/desk/benefits", "/desk/benefits/1", "/desk/benefits/1/live"):
            assert visitor.get(path).status_code == 403
        for path in ("tell", "1/tell", "1/steps/told"):
            assert visitor.post(f"/desk/benefits/{path}", {"channel": "sms"}).status_code == 403
        visitor.client.cookies.clear()


REFUSALS: list[tuple[str, dict[str, str], int, str]] = [
    ("tell", {"channel": "sms"}, 400, "勾上"),
    ("1/tell", {"channel": "call"}, 409, "还不能打电话"),
    ("1/tell", {"channel": "pigeon"}, 400, ""),
    ("2/tell", {"channel": "sms"}, 409, "现在是“需要核实”"),
    ("9/tell", {"channel": "sms"}, 404, "没有这一条"),
    ("9/steps/told", {}, 404, "没有这一条"),
    ("1/steps/confirmed", {}, 409, "现在是“待告知”"),
    ("1/steps/receives", {"since": "昨天"}, 400, "日期没写对"),
    ("1/steps/dance", {}, 400, ""),
]


def test_what_cant_be_done_is_said_in_a_sentence(visitor: Visitor) -> None:
    visitor.sign_in(Role.OPERATOR.value)
    for path, form, status, sentence in REFUSALS:
        answer = visitor.post(f"/desk/benefits/{path}", form, hx_request="true")
        assert (path, answer.status_code) == (path, status)
        assert sentence in answer.text
    assert visitor.get("/desk/benefits/9").status_code == 404


def test_a_made_up_filter_leaves_the_list_open(visitor: Visitor) -> None:
    visitor.sign_in(Role.SUPERVISOR.value)
    answer = visitor.get("/desk/benefits?state=x&region=火星&benefit=&page=-3")
    assert answer.status_code == 200
    assert "王秀英" in answer.text
    assert "巴图" in answer.text
