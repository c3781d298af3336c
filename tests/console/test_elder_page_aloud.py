"""Reading aloud. The browser's voice is replaced by one that writes down what it is told."""

import pytest
from playwright.sync_api import expect

from tests.console.elder import Elder, OpenPage
from tests.console.elder_page_assistant import ALLOWANCE

pytest_plugins = ["tests.console.elder_page_setting"]

VOICE = """
window.told = [];
window.cancelled = 0;
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.voices = [{ lang: "en-US" }, { lang: "zh-CN", localService: true, name: "近" }];
const voice = new EventTarget();
voice.getVoices = () => window.voices;
voice.speak = (utterance) => window.told.push(utterance);
voice.cancel = () => { window.cancelled += 1; };
Object.defineProperty(window, "speechSynthesis", { value: voice });
"""


def told(elder: Elder) -> str:
    """Everything the voice was told to say."""
    return elder.page.evaluate("told.map(one => one.text).join('')")  # type: ignore[no-any-return]


def test_a_reply_is_read_slowly_in_chinese(open_page: OpenPage) -> None:
    elder = open_page(script=VOICE)
    elder.say("高龄津贴多少")
    assert told(elder) == ""
    elder.press("读给我听")
    assert told(elder) == ALLOWANCE
    manner = elder.page.evaluate("told.map(one => [one.lang, one.rate, one.voice.name])")
    assert {tuple(one) for one in manner} == {("zh-CN", 0.85, "近")}


def test_reading_can_be_stopped_and_ends(open_page: OpenPage) -> None:
    elder = open_page(script=VOICE)
    elder.say("高龄津贴多少")
    elder.press("读给我听")
    before = elder.page.evaluate("cancelled")
    elder.press("停下来")
    expect(elder.page.get_by_role("button", name="读给我听")).to_be_visible()
    assert elder.page.evaluate("cancelled") > before
    elder.page.evaluate("told.length = 0")
    elder.press("读给我听")
    elder.page.evaluate("told.forEach(one => one.onend())")
    expect(elder.page.get_by_role("button", name="读给我听")).to_be_visible()


def test_all_replies_are_read_when_asked_for(open_page: OpenPage) -> None:
    elder = open_page(script=VOICE)
    switch = elder.page.get_by_role("switch", name="自动朗读")
    expect(switch).not_to_be_checked()
    switch.click()
    elder.call_for_help()
    spoken = told(elder)
    assert "别慌" in spoken
    assert "您在哪儿" in spoken
    elder.page.reload()
    expect(switch).to_be_checked()
    elder.say("在家")
    assert "在家" in told(elder)
    switch.click()
    elder.say("在楼下")
    assert "在楼下" not in told(elder)


def test_a_new_sentence_ends_the_reading(open_page: OpenPage) -> None:
    elder = open_page(script=VOICE)
    elder.say("高龄津贴多少")
    elder.press("读给我听")
    elder.say("等等")
    expect(elder.page.get_by_role("button", name="停下来")).to_have_count(0)


def test_numbers_to_dial_or_note_are_read_digit_by_digit(open_page: OpenPage) -> None:
    elder = open_page(script=VOICE)
    elder.say("订好了吗")
    elder.press("读给我听")
    spoken = told(elder)
    assert "单号三零七幺" in spoken
    assert "打幺二三四九" in spoken
    assert "120元" in spoken
    expect(elder.replies).to_contain_text("单号3071")


@pytest.mark.parametrize(
    "missing",
    [
        "delete Window.prototype.speechSynthesis; delete window.speechSynthesis;",
        VOICE + "window.voices = [{ lang: 'en-US' }];",
    ],
)
def test_without_a_chinese_voice_nothing_is_offered(open_page: OpenPage, missing: str) -> None:
    elder = open_page(script=missing)
    elder.say("高龄津贴多少")
    expect(elder.replies).to_have_count(1)
    expect(elder.page.get_by_role("button", name="读给我听")).to_have_count(0)
    expect(elder.page.get_by_role("switch", name="自动朗读")).to_have_count(0)


def test_a_voice_that_comes_late_is_offered(open_page: OpenPage) -> None:
    elder = open_page(script=VOICE + "window.voices = [{ lang: 'en-US' }];")
    elder.page.evaluate(
        "voices.push({ lang: 'zh-TW' }); speechSynthesis.dispatchEvent(new Event('voiceschanged'))"
    )
    expect(elder.page.get_by_role("switch", name="自动朗读")).to_be_visible()
