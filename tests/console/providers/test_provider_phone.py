"""The whole way of an order on a provider's telephone, in a real browser."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from care.elders.code import picture
from care.orders.state import ACCEPTED, DONE, UNDER_WAY
from care.proofs import store
from care.satisfaction.service import is_sure
from care.storage.engine import Sessions
from tests.browser import chromium
from tests.care.operators.people import PASSWORD
from tests.care.orders import town
from tests.console.desk.desk_setting import _TELLS
from tests.console.desk.seat import SERIOUS, axe
from tests.console.providers.setting import Setting, photograph
from tests.serving import serving

TODAY = replace(town.HAIRCUT, on=town.TODAY, at=time(15, 0))
PHONE: ViewportSize = {"width": 390, "height": 780}


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the camera sees: a film, to be written before the camera is opened."""
    return tmp_path_factory.mktemp("camera") / "card.y4m"


@pytest.fixture(scope="module")
def browser(card: Path) -> Iterator[Browser]:
    """One whose camera shows that film."""
    with chromium(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={card}",
    ) as opened:
        yield opened


def show(card: Path, code: str) -> None:
    """Holds an elder's code before the camera (YUV4MPEG2, grey)."""
    width, height = 640, 480
    seen = Image.new("L", (width, height), 200)
    with Image.open(io.BytesIO(picture(code, "png", scale=6))) as drawn:
        seen.paste(drawn.convert("L"), (160, 90))
    frame = b"FRAME\n" + seen.tobytes() + b"\x80" * (width * height // 2)
    card.write_bytes(f"YUV4MPEG2 W{width} H{height} F10:1 C420jpeg\n".encode() + frame * 5)


@pytest.fixture
def setting(embedded: Sessions, tmp_path: Path) -> Setting:
    """A provider and its people."""
    return Setting(embedded, tmp_path)


@pytest.fixture
def phone(browser: Browser, setting: Setting) -> Iterator[Page]:
    """A telephone; a script that broke, or anything inline, fails the test."""
    broken: list[str] = []
    with serving(setting.app()) as address:
        context = browser.new_context(
            base_url=address, viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN"
        )
        context.expose_binding("violated", lambda _source, what: broken.append(what))
        context.add_init_script(_TELLS)
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        yield page
        context.close()
    assert broken == []


def faults(page: Page) -> list[str]:
    """Serious faults of accessibility, and targets too small for a thumb."""
    page.evaluate(axe())
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['target']}"
        for fault in found["violations"]
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]


def sign_in(page: Page, name: str) -> None:
    """With the form."""
    page.goto("/provider/login")
    assert faults(page) == []
    page.get_by_label("登录名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/provider")


def test_from_the_offer_to_the_picture(phone: Page, setting: Setting, tmp_path: Path) -> None:
    order = setting.offered(TODAY)
    sign_in(phone, "康乐")
    expect(phone.get_by_text("还剩").first).to_be_visible()
    assert "王桂兰" not in phone.content()
    assert faults(phone) == []
    phone.get_by_role("link", name="上门理发").click()
    assert "东关小区" not in phone.content()
    assert faults(phone) == []
    phone.get_by_label("小李").check()
    phone.get_by_role("button", name="接单", exact=True).click()
    expect(phone.get_by_text("东关小区3号楼")).to_be_visible()
    assert faults(phone) == []
    assert (setting.order(order.id).state, setting.order(order.id).worker_id) == (
        ACCEPTED,
        setting.worker,
    )

    setting.clock.passes(hours=4)
    phone.get_by_label("服务码，或者订单号").fill("0000")
    phone.get_by_role("button", name="用填的码开始").click()
    expect(phone.get_by_role("alert")).to_contain_text("码不对")
    phone.get_by_label("服务码，或者订单号").fill(setting.code.lower())
    phone.get_by_role("button", name="用填的码开始").click()
    expect(phone.get_by_text("正在服务")).to_be_visible()
    assert setting.order(order.id).state == UNDER_WAY
    assert faults(phone) == []

    taken = tmp_path / "taken.jpg"
    taken.write_bytes(photograph())
    phone.get_by_label("拍一张做完的照片").set_input_files(taken)
    expect(phone.get_by_text("照片有了。")).to_be_visible()
    phone.get_by_label("服务码").fill(setting.code)
    phone.get_by_label("要说的话").fill("头发剪好了")
    phone.get_by_role("button", name="做完了").click()
    phone.wait_for_url("**/provider")
    expect(phone.get_by_role("heading", name="今天做完的")).to_be_visible()
    assert faults(phone) == []

    assert setting.order(order.id).state == DONE
    with setting.sessions() as session:
        assert is_sure(session, setting.order(order.id))
        [kept] = store.of(session, order.id)
    octets = setting.proofs.read(kept)
    assert octets.startswith(b"\xff\xd8")
    assert b"SecretPhone" not in octets
    assert max(kept.width, kept.height) <= 1600
    assert octets not in (setting.folder / "pictures" / kept.file).read_bytes()


def test_the_camera_reads_the_elders_code(phone: Page, setting: Setting, card: Path) -> None:
    order = setting.offered(TODAY)
    show(card, setting.code.replace("-", ""))
    sign_in(phone, "康乐")
    phone.goto(f"/provider/orders/{order.id}")
    phone.get_by_role("button", name="接单", exact=True).click()
    phone.get_by_role("button", name="扫码开始").click()
    expect(phone.get_by_text("正在服务")).to_be_visible()
    assert setting.order(order.id).state == UNDER_WAY
