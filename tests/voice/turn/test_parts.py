import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.turn.pace_words import pace_words
from voice.turn.parts import parts, syllables, wants_more

LONG = (
    "阿拉善盟民政局2021年公布的,80到89岁的老人,每月不少于100元。",
    "90到99岁的老人每月不少于200元,100岁以上的每月不少于600元。",
    "您可以带上身份证和户口本,到户口所在的苏木镇或者街道去申请。",
)


def test_a_short_answer_is_one_part() -> None:
    (part,) = parts(["好,记下了。", "要几份?"])
    assert part.text == "好,记下了。要几份?"
    assert not part.more


def test_a_long_answer_comes_in_parts() -> None:
    told = parts(LONG)
    assert len(told) >= 2
    assert [part.more for part in told] == [True] * (len(told) - 1) + [False]
    assert "".join(part.text for part in told) == "".join(LONG)


def test_no_answer_no_parts() -> None:
    assert parts([]) == ()
    assert parts(["。"]) == ()


def test_syllables_as_they_are_spoken() -> None:
    assert syllables("1200元") == len("一千二百元")


SENTENCES = st.lists(
    st.tuples(st.text("老人每月津贴送饭", min_size=1, max_size=60), st.sampled_from("。?!")).map(
        "".join
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=40)
@given(SENTENCES)
def test_nothing_is_lost_and_no_rest_is_tiny(sentences: list[str]) -> None:
    told = parts(sentences)
    assert "".join(part.text for part in told) == "".join(sentences)
    assert sum(part.more for part in told) == max(0, len(told) - 1)
    if len(told) > 1:
        assert syllables(told[-1].text) >= pace_words().rest


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("要", True),
        ("好,说吧", True),
        ("接着说", True),
        ("嗯", True),
        ("行行行", True),
        ("不用了", False),
        ("行了", False),
        ("知道了", False),
        ("不要了谢谢", False),
        ("那你接着说吧", True),
        ("够了够了", False),
        ("怎么申请", None),
        ("再说一遍", None),
        ("转人工", None),
        ("", None),
    ],
)
def test_whether_the_rest_is_wanted(text: str, wants: bool | None) -> None:
    assert wants_more(text) is wants
