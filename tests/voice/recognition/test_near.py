import pytest

from care.language.sound import syllables
from voice.recognition.near import Near, easily_misheard

NEAR = Near({"高龄津贴", "巴彦浩特"}, {"民政局", "养老管家"})


def found(text: str) -> list[str]:
    return [word for _, word, _ in NEAR.find(text, syllables(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("高林津帖", []),  # the same sounds: the extractor's own
        ("高龄津跌", ["高龄津贴"]),
        ("巴彦号得", ["巴彦浩特"]),
        ("巴烟号特", []),
        ("名正局", ["民政局"]),
        ("民政局", []),
        ("明整局", ["民政局"]),
        ("名正举", ["民政局"]),
        ("养老广家", ["养老管家"]),
        ("养老专家", []),
    ],
)
def test_words_by_sound(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("ba", "pa", True),
        ("tie", "die", True),
        ("lin", "lian", True),
        ("ma", "shi", False),
        ("ge", "ka", False),
    ],
)
def test_easily_misheard(one: str, other: str, alike: bool) -> None:
    assert easily_misheard(one, other) is alike
    assert easily_misheard(other, one) is alike
