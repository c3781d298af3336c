"""Error rates, on cases counted by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.speech.rates import Errors, Pair, errors, score
from evaluation.speech.written import characters, folded, syllables

TEXT = st.text("一二三四五六七八九十他她的得", max_size=20)


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [
        ("我要订饭", "我要订饭", 0),
        ("我要订饭", "我要定饭", 1),
        ("我要订饭", "我订饭", 1),
        ("我要订饭", "我要要订饭", 1),
        ("我要订饭", "", 4),
        ("订饭", "我不想要吃饭", 5),
    ],
)
def test_edits_are_counted(said: str, heard: str, wrong: int) -> None:
    assert errors(said, heard) == Errors(wrong, len(said))


def test_rates_are_of_all_characters_together() -> None:
    total = Errors(1, 10) + Errors(3, 30)
    assert total.rate == pytest.approx(0.1)
    assert Errors().rate == 0


@settings(deadline=None)
@given(TEXT, TEXT)
def test_nothing_is_wrong_only_in_the_same_text(said: str, heard: str) -> None:
    found = errors(said, heard)
    assert (found.wrong == 0) == (said == heard)
    assert abs(len(said) - len(heard)) <= found.wrong <= max(len(said), len(heard))


@settings(deadline=None)
@given(TEXT, TEXT)
def test_counting_homophones_as_one_never_makes_it_worse(said: str, heard: str) -> None:
    assert errors(folded(said), folded(heard)).wrong <= errors(said, heard).wrong


def test_characters_are_those_that_are_spoken() -> None:
    assert characters("后天8:30,两份。") == "后天八点半两份"
    assert characters("13800001234") == "幺三八零零零零幺二三四"
    assert characters("?!…") == ""


def test_syllables_have_no_tones() -> None:
    assert syllables("买卖") == ["mai", "mai"]


def test_each_figure_counts_what_it_says() -> None:
    scores = score(
        [
            Pair("她做饭", "他作饭", "她做饭", "他做饭"),
            Pair("高龄津贴", "高领津贴", "高龄津贴", "高龄津贴"),
            Pair("两份", "三份", "两份", "三份"),
        ]
    )
    assert scores.sentences == 3
    assert scores.strict == Errors(4, 9)
    assert scores.alike == Errors(2, 9)
    assert scores.syllables == Errors(1, 9)
    assert scores.mended == Errors(2, 9)
    assert scores.whole == 1
