"""A service and a meal the whole way: said in chat, stored, offered, accepted on the provider's
telephone, started by code, done, judged, and in the half-year's report."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.alarms.words import Words as AlarmWords
from care.catalogue.service import Catalogue
from care.clock import system_clock
from care.conversations.model import Utterance
from care.data_files import DATA
from care.figures.period import Span, period
from care.operators.accounts import one_time
from care.operators.passwords import Passwords
from care.orders.life import Act
from care.orders.model import Order
from care.orders.state import REVIEWED
from care.orders.steps import locked, record
from care.providers import accounts, register, workers
from care.providers.accounts import NewAccount
from care.providers.register import Facts
from care.providers.slot import Slot
from care.regions.region import Regions
from care.report.build import Builder, Report
from care.report.words import Words
from care.storage.engine import Sessions, open_engine, open_sessions
from evaluation.system import System
from tests.care.operators.people import PASSWORD, QUICK

pytest_plugins = ["tests.browser"]

PHONE: ViewportSize = {"width": 390, "height": 780}
SOON = 30_000
"""Milliseconds: what is due is looked for every fifteen seconds."""
REGIONS = Regions.load(DATA / "regions.yml")
CATALOGUE = Catalogue.load(DATA)
FIRST = one_time(Passwords(QUICK))


@pytest.fixture(scope="module")
def sessions(system: System) -> Iterator[Sessions]:
    """The running system's database, with a provider of 理发 and lunch in 阿拉善左旗."""
    engine = open_engine(system.database_url, system.elder_key)
    opened = open_sessions(engine)
    by: Any = {"by": "test", "now": system_clock()}
    today = system_clock().date()
    with opened.begin() as session:
        row = register.add(session, Facts("康乐养老", "0483-8234567"), **by)
        register.sign(session, row, "A-1", today, today + timedelta(days=30), **by)
        register.set_areas(session, row, ["阿拉善左旗"], REGIONS, **by)
        register.set_services(session, row, ["理发", "午餐"], CATALOGUE, **by)
        places = {(day, slot): 9 for day in range(7) for slot in Slot}
        register.set_capacity(session, row, "", places, **by)
        worker = workers.add(session, row.id, "小李", "13900000001", **by)
        workers.certify(session, worker, "健康证", None, known=["健康证"], **by)
        accounts.add(session, row.id, NewAccount("康乐", "张姐"), FIRST, **by)
    yield opened
    engine.dispose()


@pytest.fixture(scope="module")
def phone(browser: Browser, address: str, sessions: Sessions) -> Iterator[Page]:
    """The provider's telephone: signed in with the one-time password, and then with its own."""
    context = browser.new_context(base_url=address, viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(SOON)
    page.goto("/provider/login")
    page.get_by_label("登录名").fill("康乐")
    page.get_by_label("密码").fill(FIRST.password)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再写一遍").fill(PASSWORD)
    page.get_by_role("button", name="换好了").click()
    page.wait_for_url("**/provider")
    yield page
    context.close()


class Elder:
    """Somebody who writes to the assistant."""

    def __init__(self, http: httpx.Client, name: str) -> None:
        self._http, self._name = http, name

    def say(self, text: str) -> str:
        """What is answered."""
        body = {"sender_id": self._name, "text": text}
        answer = self._http.post("/api/chat", json=body).raise_for_status().json()
        return "\n".join(reply["text"] for reply in answer["replies"])

    def order(self, text: str) -> str:
        """Orders, and gives the number that they are told."""
        self.say(text)
        found = re.search(r"(?<!\d)\d{4}(?!\d)", self.say("对"))
        assert found
        return found[0]


@pytest.mark.parametrize(
    ("wish", "spoken", "judged", "score", "chapter"),
    [
        (
            "后天上午十点给我约个理发,我叫刘长贵,住阿拉善左旗东关小区一号楼三单元,电话13800000077",
            "上门理发",
            "很满意,谢谢",
            5,
            "services",
        ),
        (
            "明天午饭两份,没忌口,送到阿拉善左旗东关小区三号楼,我叫王桂兰,电话13800000078",
            "午餐",
            "不满意",
            2,
            "meals",
        ),
    ],
)
def test_from_the_wish_to_the_report(  # noqa: PLR0917 – pytest's own way to hand things over
    system: System,
    sessions: Sessions,
    phone: Page,
    wish: str,
    spoken: str,
    judged: str,
    score: int,
    chapter: str,
) -> None:
    before = _report(sessions)
    with httpx.Client(base_url=system.api, timeout=30, trust_env=False) as http:
        elder = Elder(http, f"whole-way-{chapter}")
        ref = elder.order(wish)

        phone.goto("/provider")
        phone.get_by_role("link", name=spoken).click(timeout=SOON)
        phone.get_by_role("button", name="接单", exact=True).click()
        expect(phone.get_by_text("东关小区")).to_be_visible()
        _the_day_comes(sessions, ref)
        phone.get_by_label("服务码，或者订单号").fill(ref)
        phone.get_by_role("button", name="用填的码开始").click()
        phone.get_by_label("拍一张做完的照片").set_input_files(
            {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": _photograph()}
        )
        expect(phone.get_by_text("照片有了。")).to_be_visible()
        phone.get_by_role("button", name="做完了").click()
        phone.wait_for_url("**/provider")

        assert spoken in _last_said(sessions, ref)
        assert str(score) in elder.say(judged)

    order = _order(sessions, ref)
    assert (order.state, order.score) == (REVIEWED, score)
    after = _report(sessions)
    assert after[chapter] == before[chapter] + order.count
    assert after["reviews"] == before["reviews"] + 1
    assert after["complaints"] == before["complaints"] + (score < 3)


def _with(sessions: Sessions, look: Callable[[Session], Any]) -> Any:
    with sessions.begin() as session:
        return look(session)


def _order(sessions: Sessions, ref: str) -> Order:
    found: Order = _with(
        sessions,
        lambda session: session.scalars(
            select(Order).where(Order.ref == ref).order_by(Order.id.desc())
        ).first(),
    )
    return found


def _the_day_comes(sessions: Sessions, ref: str) -> None:
    """Nobody wants to wait until tomorrow."""
    with sessions.begin() as session:
        order = locked(session, _order_id(session, ref))
        order.on = system_clock().date()
        record(session, order, "changed", Act("test", system_clock(), "test"))


def _order_id(session: Session, ref: str) -> int:
    return (
        session.scalars(select(Order.id).where(Order.ref == ref).order_by(Order.id.desc())).first()
        or 0
    )


def _last_said(sessions: Sessions, ref: str) -> str:
    conversation = _order(sessions, ref).conversation_id
    query = select(Utterance.text).where(Utterance.conversation_id == conversation)
    return str(_with(sessions, lambda session: session.scalar(query.order_by(Utterance.id.desc()))))


def _report(sessions: Sessions) -> dict[str, float]:
    builder = Builder(Words.load(), AlarmWords.load(), CATALOGUE, REGIONS, system_clock)
    on: date = system_clock().date()
    report: Report = _with(
        sessions, lambda session: builder.build(session, period(Span.HALF_YEAR, on))
    )
    return {number.id: number.value for part in report.chapters for number in part.numbers}


def _photograph() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), (120, 160, 90)).save(out, "JPEG")
    return out.getvalue()
