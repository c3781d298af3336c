"""Fixtures of the page's tests: the page in a real browser, the assistant that answers by the book.

A test module gets them with `pytest_plugins = ["tests.console.elder_page_setting"]`.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.console.elder import Elder, OpenPage
from tests.console.elder_page_assistant import Assistant, build_app
from tests.serving import serving

pytest_plugins = ["tests.browser"]

PHONE = (390, 844)


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[str, Assistant]]:
    """The page's address, and who answers there."""
    assistant = Assistant()
    with serving(build_app(assistant)) as address:
        yield address, assistant


@pytest.fixture
def open_page(browser: Browser, served: tuple[str, Assistant]) -> Iterator[OpenPage]:
    """Opens the page in a browser of its own; a script that broke fails the test."""
    address, assistant = served
    assistant.heard.clear()
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def opened(
        viewport: tuple[int, int] = PHONE,
        *,
        scheme: str = "light",
        size: str = "大",
        script: str = "",
        javascript: bool = True,
    ) -> Elder:
        width, height = viewport
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            locale="zh-CN",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        elder = Elder(page, assistant, [])
        page.on("console", lambda message: elder.complaints.append(message.text))
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(address)
        if size != "大":
            elder.press(size)
        return elder

    yield opened
    assistant.ready.set()
    for context in contexts:
        context.close()
    assert broken == []
