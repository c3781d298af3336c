"""Somebody in front of the elders' page."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.console.elder_page_assistant import Assistant


@dataclass(frozen=True)
class Elder:
    """The page, who answers, and what one does with it."""

    page: Page
    assistant: Assistant
    complaints: list[str]
    """What the browser's console said."""

    def say(self, text: str) -> None:
        """Writes a sentence, sends it with Enter, and waits until nothing is on its way."""
        self.box.fill(text)
        self.box.press("Enter")
        self.settled()

    def press(self, name: str) -> None:
        """Presses the one button of this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def settled(self) -> None:
        """Waits until nothing is on its way to the assistant."""
        expect(self.page.get_by_text("正在想")).to_have_count(0)

    def call_for_help(self) -> None:
        """Asks for help and confirms it."""
        self.press("紧急求助")
        self.press("要")
        self.settled()

    @property
    def box(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name="您想说什么")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log", name="对话")

    @property
    def replies(self) -> Locator:
        """What the assistant said."""
        return self.log.locator(".reply .text")

    @property
    def said(self) -> Locator:
        """What the elder said."""
        return self.log.locator(".mine .text")


OpenPage = Callable[..., Elder]
