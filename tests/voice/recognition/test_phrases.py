import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.recognition.phrases import UNKNOWN, Grammar, split


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("二十五号", ("二十五", "号")),
        ("下礼拜三", ("下", "礼拜三")),
        ("八点半", ("八点半",)),
        ("今天", None),
        ("", None),
    ],
)
def test_as_few_words_as_possible(phrase: str, words: tuple[str, ...] | None) -> None:
    known = {
        "二十五",
        "二十",
        "五",
        "号",
        "下",
        "礼拜",
        "三",
        "礼拜三",
        "八点半",
        "八",
        "点",
        "半",
        "今",
    }
    assert split(phrase, known) == words


def test_the_longest_first_word_does_not_lead_into_a_dead_end() -> None:
    assert split("不要了", {"不要", "不", "要了"}) == ("不", "要了")


@given(
    st.text(alphabet="甲乙丙", max_size=8),
    st.sets(st.text(alphabet="甲乙丙", min_size=1, max_size=3)),
)
def test_a_split_is_the_phrase_in_known_words(phrase: str, known: set[str]) -> None:
    found = split(phrase, known)
    if found is None:
        assert not phrase or any(sign not in known for sign in phrase)
    else:
        assert "".join(found) == phrase
        assert set(found) <= known


def test_phrases_without_words_are_reported() -> None:
    fitted = Grammar(("一", "嘎查", "一", "二")).fit({"一", "二", UNKNOWN})
    assert fitted.phrases == ("一", "二")
    assert fitted.missing == ("嘎查",)
    assert json.loads(fitted.as_json()) == ["一", "二", UNKNOWN]


def test_a_model_without_unknown_is_told_apart() -> None:
    fitted = Grammar(("一",)).fit({"一"})
    assert not fitted.has_unknown
    assert json.loads(fitted.as_json()) == ["一"]
