"""Somebody at the desk with a real browser: what they see, press and type."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.care.operators.people import PASSWORD
from tests.console.desk.setting import Setting

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = {"serious", "critical"}


@dataclass
class Seat:
    """One browser."""

    page: Page
    setting: Setting
    violations: list[str]
    """Of the Content-Security-Policy, on every page since the browser was opened."""

    def go(self, path: str) -> None:
        """To a page, as by typing its address."""
        self.page.goto(path)

    def sign_in(self, name: str, password: str = PASSWORD, code: str = "") -> None:
        """With the keyboard alone, at the form that is open."""
        self.page.get_by_label("登录名").fill(name)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(password)
        self.page.keyboard.press("Tab")
        if code:
            self.page.keyboard.type(code)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def arrive(self, name: str, path: str = "/desk") -> None:
        """Signs in, and goes to a page."""
        self.go("/desk/login")
        self.sign_in(name)
        self.go(path)

    def press(self, name: str) -> None:
        """A button or a link, as soon as there is one."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        button.or_(link).first.wait_for()  # the page before may still be there
        (button if button.count() else link).click()

    def field(self, label: str) -> Locator:
        """What is filled in under this label."""
        return self.page.locator("main").get_by_label(label, exact=True)

    def sees(self, text: str) -> None:
        """Waits until the text is there."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    @property
    def path(self) -> str:
        """Where they are."""
        return self.page.url.split("/", 3)[3]

    @property
    def again(self) -> Locator:
        """The question for the password over the page."""
        return self.page.get_by_role("dialog", name="登录结束了，请重新登录")

    def faults(self) -> list[str]:
        """Serious faults of accessibility that axe-core finds on the page as it is."""
        self.page.evaluate(axe())
        found: dict[str, Any] = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found["violations"]
            if fault["impact"] in SERIOUS
            for node in fault["nodes"]
        ]


OpenSeat = Callable[..., Seat]


@cache
def axe() -> str:
    """The checker, which script/vendor --dev fetches."""
    return AXE.read_text("utf-8")
