import pytest

from tests.voice.recognition.scripted import transcript, words
from voice.recognition.agreement import agreed


@pytest.mark.parametrize(
    ("usual", "narrow", "written"),
    [
        # digits that the open recogniser wrote as other words, inside a sentence
        (
            "你 记 一下 幺 九 三十六 二 三 六 幺 九 四",
            "一 两 幺 九 三 七 六 二 三 六 幺 九 四",
            "你记一下幺九三七六二三六幺九四",
        ),
        (
            "零 五 四 五 零 九 六 幺 饭 幺 九",
            "零 五 四 五 零 九 六 幺 三 幺 九",
            "零五四五零九六幺三幺九",
        ),
        # the words in front stay words
        ("电话 是 幺 八 零 九 四 幺 幺 七", "四 幺 八 零 九 四 幺 幺 七", "电话是幺八零九四幺幺七"),
        # a digit that only the open recogniser heard is not lost
        ("幺 二 三 四 九 都 有 什么", "幺 二 三 九 四 六 三", "幺二三四九都有什么"),
        # another sentence than the one that was asked for
        ("我 摔倒 了 起不来", "四 三 九 零 七", "我摔倒了起不来"),
        ("我要 买药", "要 要", "我要买药"),
        # a short answer as a whole
        ("豪 的", "好 的", "好的"),
        # nothing was said, or nothing was heard in it
        ("", "七 四", ""),
        ("我 要 订饭", "", "我要订饭"),
        ("ABC", "七", "ABC"),
    ],
)
def test_what_is_written(usual: str, narrow: str, written: str) -> None:
    assert agreed(transcript(usual), words(narrow)).text == written


def test_words_stay_whole_and_in_order() -> None:
    merged = agreed(
        transcript("零 五 四 五 零 九 六 幺 饭 幺 九"), words("零 五 四 五 零 九 六 幺 三 幺 九")
    )
    assert "".join(word.text for word in merged.words) == merged.text
    assert [word.start for word in merged.words] == sorted(word.start for word in merged.words)
