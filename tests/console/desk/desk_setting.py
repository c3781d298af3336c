"""Fixtures of the desk's tests: the desk on a real server, and a real browser in front of it.

A test module gets them with `pytest_plugins = ["tests.console.desk.desk_setting"]`.
"""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext

from care.operators.role import Role
from care.storage.engine import Sessions
from tests.console.desk.sample_page import build_router as build_test_page
from tests.console.desk.seat import OpenSeat, Seat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.browser"]

COMPUTER = (1280, 800)
_TELLS = """
addEventListener("securitypolicyviolation", (event) => {
  violated(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


@pytest.fixture
def setting(embedded: Sessions) -> Setting:
    """An empty desk."""
    return Setting(embedded)


@pytest.fixture
def address(setting: Setting) -> Iterator[str]:
    """Where it is served."""
    with serving(setting.app(build_test_page())) as found:
        yield found


@pytest.fixture
def visitor(setting: Setting, address: str) -> Iterator[Visitor]:
    """Nobody yet; one person of each role works here, named like the role."""
    for role in Role:
        setting.add(role.value, role)
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        yield Visitor(client)


@pytest.fixture
def open_seat(browser: Browser, setting: Setting, address: str) -> Iterator[OpenSeat]:
    """Opens a browser at the desk; a script that broke, or something inline, fails the test."""
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def opened(viewport: tuple[int, int] = COMPUTER, *, scheme: str = "light") -> Seat:
        width, height = viewport
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            locale="zh-CN",
        )
        contexts.append(context)
        violations: list[str] = []
        context.expose_binding("violated", lambda _source, what: violations.append(what))
        context.add_init_script(_TELLS)
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        return Seat(page, setting, violations)

    yield opened
    for context in contexts:
        context.close()
    assert broken == []
