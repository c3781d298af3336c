"""What elders say when they are asked how it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.normalise import normalise
from care.satisfaction.words import Heard, Words

WORDS = Words.own()


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("满意", 4),
        ("很满意。", 5),
        ("不满意", 2),
        ("非常不满意！", 1),
        ("我对你们的服务很满意，谢谢", 5),
        ("打5分", 5),
        ("三分吧", 3),
        ("给四颗星", 4),
        ("差评", 1),
    ],
)
def test_a_judgement_counts_whenever_it_is_said(said: str, score: int) -> None:
    for asked in (True, False):
        assert WORDS.hear(normalise(said), asked_just_now=asked) == Heard(score)


@pytest.mark.parametrize(
    ("said", "score"),
    [("好", 4), ("还行吧", 3), ("一般", 3), ("挺好的呀", 5), ("不好", 2), ("5", 5)],
)
def test_a_mere_word_counts_as_an_answer_only(said: str, score: int) -> None:
    assert WORDS.hear(normalise(said), asked_just_now=True) == Heard(score)
    assert WORDS.hear(normalise(said), asked_just_now=False) is None


def test_nobody_came_is_heard() -> None:
    assert WORDS.hear("没人来啊", asked_just_now=True) == Heard(None)
    assert WORDS.hear("怎么还没来", asked_just_now=False) is None


@pytest.mark.parametrize(
    "said",
    [
        "满意是满意,就是来晚了半个钟头",
        "不是很满意这个政策",
        "我要订饭",
        "明天下午三点",
        "十五分钟以后",
        "9分",
        "零分",
        "",
        "高龄津贴能领多少",
        "满意" + "真的" * 20,
    ],
)
def test_more_than_a_judgement_is_for_the_dialogue(said: str) -> None:
    assert WORDS.hear(normalise(said), asked_just_now=True) is None


@given(st.text(max_size=40), st.booleans())
def test_whatever_is_said_a_score_is_1_to_5(said: str, asked: bool) -> None:
    heard = WORDS.hear(normalise(said), asked_just_now=asked)
    assert heard is None or heard.score in (None, 1, 2, 3, 4, 5)
