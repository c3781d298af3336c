"""Whether old eyes and old hands can use the page: sizes, contrast, room. Measured as laid out."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.console.elder import Elder, OpenPage
from tests.console.elder_page_assistant import ALARM

pytest_plugins = ["tests.console.elder_page_setting"]

MEASURES = (Path(__file__).parent / "elder_page_measures.js").read_text(encoding="utf-8")
SIZES = {"大": 20, "更大": 26, "最大": 32}
TARGET = 56
PHONES = [(320, 700), (390, 844)]
SCREENS = [*PHONES, (1280, 800)]


def measure(elder: Elder, what: str) -> Any:
    return elder.page.evaluate(f"() => {MEASURES}.{what}()")


def show_everything(elder: Elder) -> None:
    """Brings every part of the page into being: alarm, person, sources, both kinds of trouble."""
    elder.say("高龄津贴多少")
    elder.call_for_help()
    elder.press("找人工")
    elder.settled()
    elder.say("没人理")
    elder.say("长" * 501)
    elder.page.context.set_offline(True)
    elder.say("订饭")
    elder.call_for_help()
    elder.page.context.set_offline(False)
    expect(elder.page.locator(".problem")).to_have_count(3)
    expect(elder.page.locator("#emergency")).to_contain_text(ALARM)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("size", SIZES)
def test_letters_and_targets_are_large_and_fit(
    open_page: OpenPage, screen: tuple[int, int], size: str
) -> None:
    elder = open_page(screen, size=size)
    show_everything(elder)
    for asking in (False, True):
        if asking:
            elder.press("紧急求助")
        letters, targets = measure(elder, "letters"), measure(elder, "targets")
        assert len(letters) > 25
        assert len(targets) > 15
        assert [found for found in letters if found[1] < SIZES[size]] == []
        assert [found for found in targets if min(found[1:]) < TARGET] == []
        assert measure(elder, "tooWide") == [0, []]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out(open_page: OpenPage, scheme: str) -> None:
    elder = open_page(scheme=scheme)
    show_everything(elder)
    elder.page.get_by_role("switch", name="自动朗读").click()
    elder.press("紧急求助")
    found = measure(elder, "contrasts")
    assert len(found) > 25
    assert [pair for pair in found if pair[1] < 7] == []
    assert [pair for pair in measure(elder, "edges") if pair[1] < 3] == []


def test_dark_and_light_differ(open_page: OpenPage) -> None:
    grounds = {
        open_page(scheme=scheme).page.evaluate(
            "getComputedStyle(document.documentElement).backgroundColor"
        )
        for scheme in ("light", "dark")
    }
    assert len(grounds) == 2


def test_a_text_without_a_break_fits(open_page: OpenPage) -> None:
    elder = open_page((320, 700), size="最大")
    elder.say("a" * 300)
    expect(elder.replies).to_have_count(1)
    assert measure(elder, "tooWide") == [0, []]


def test_the_column_stays_narrow_on_a_wide_screen(open_page: OpenPage) -> None:
    elder = open_page((1920, 1080))
    elder.say("高龄津贴多少")
    box = elder.log.bounding_box()
    assert box is not None
    assert box["width"] <= 40 * 20
    assert box["x"] == pytest.approx(1920 - box["x"] - box["width"], abs=1)


@pytest.mark.parametrize("screen", [(320, 256), (390, 500), (390, 844), (1280, 800)])
@pytest.mark.parametrize("size", ["大", "最大"])
def test_what_has_the_focus_is_never_covered(
    open_page: OpenPage, screen: tuple[int, int], size: str
) -> None:
    # 320 by 256 is a screen of 1280 by 1024 at 400 %.
    elder = open_page(screen, size=size)
    show_everything(elder)
    elder.page.evaluate("scrollTo(0, 0)")
    elder.page.locator("h1").click()
    stops = elder.page.locator("button:visible, textarea:visible, a:visible").count()
    assert stops > 15
    for key in ("Tab", "Shift+Tab"):
        for _ in range(stops - 1):
            elder.page.keyboard.press(key)
            assert measure(elder, "covered") is None
            assert measure(elder, "outline") >= 3


@pytest.mark.parametrize("size", SIZES)
def test_an_answer_is_read_from_its_beginning(open_page: OpenPage, size: str) -> None:
    elder = open_page(size=size)
    show_everything(elder)
    elder.say("高龄津贴多少")
    expect(elder.said.last).to_be_in_viewport(ratio=1)
    top = elder.log.locator(".who").last
    expect(top).to_be_in_viewport(ratio=1)
    covered = top.evaluate(
        """element => {
            const { x, y, height } = element.getBoundingClientRect();
            return document.elementFromPoint(x + 5, y + height / 2) !== element;
        }"""
    )
    assert covered is False


def test_the_size_is_remembered(open_page: OpenPage) -> None:
    elder = open_page()
    for size in ("更大", "最大", "大"):
        elder.press(size)
        elder.page.reload()
        chosen = elder.page.get_by_role("group", name="字的大小").get_by_role(
            "button", pressed=True
        )
        expect(chosen).to_have_text(size)
        assert min(found[1] for found in measure(elder, "letters")) == SIZES[size]


def test_a_larger_size_set_in_the_browser_is_respected(open_page: OpenPage) -> None:
    elder = open_page()
    font = elder.page.context.new_cdp_session(elder.page)
    font.send("Page.enable")
    font.send("Page.setFontSizes", {"fontSizes": {"standard": 24}})
    elder.page.reload()
    assert min(found[1] for found in measure(elder, "letters")) == 30


def test_nothing_moves_for_those_who_want_it_still(open_page: OpenPage) -> None:
    elder = open_page()
    elder.assistant.ready.clear()
    elder.press("订饭")
    dots = elder.page.locator(".dots i").first
    expect(dots).to_be_visible()
    expect(dots).to_have_css("animation-name", "none")
    elder.page.emulate_media(reduced_motion="no-preference")
    expect(dots).to_have_css("animation-name", "breathe")
