"""What an event may keep."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.calls.detail import HIDDEN, Detail, kept, without_words
from care.calls.kind import SPOKEN

VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()


def test_numbers_in_what_was_said_are_masked() -> None:
    text = "我电话是13800000001,明天两份"
    assert kept("heard", {"text": text}, words=True) == {"text": "我电话是***********,明天两份"}


@pytest.mark.parametrize("kind", sorted(SPOKEN))
def test_refused_words_go_and_times_stay(kind: str) -> None:
    detail: Detail = {"text": "我摔倒了", "seconds": 1.5}
    assert kept(kind, detail, words=False) == {"seconds": 1.5}
    assert without_words(detail) == {"seconds": 1.5}


@pytest.mark.parametrize(
    "detail",
    [
        {"text": "我摔倒了"},
        {"partial": "我摔倒了"},
        {"why": "a" * 65},
        {"why": "two\nlines"},
        {"by": "张敏"},
    ],
)
def test_a_decision_holds_no_words(detail: Detail) -> None:
    assert set(kept("turn_end", detail, words=True).values()) == {HIDDEN}


def test_outcomes_stay_as_they_are() -> None:
    detail: Detail = {
        "why": "they hung up", "ref": "A1122-302111", "count": 3, "sure": True, "none": None
    }  # fmt: skip
    assert kept("alarm", detail, words=False) == detail


@pytest.mark.parametrize("key", ["target", "ref"])
def test_a_telephone_number_is_no_outcome(key: str) -> None:
    assert "13800000001" not in str(kept("transfer", {key: "13800000001"}, words=True))


def test_the_name_in_an_audit_line_stays() -> None:
    assert kept("viewed", {"by": "张敏"}, words=False) == {"by": "张敏"}


def test_numpys_numbers_are_numbers() -> None:
    detail: Detail = {"a": np.float32(0.5), "b": np.int64(3)}  # type: ignore[dict-item]
    assert kept("heard", detail, words=True) == {"a": 0.5, "b": 3}


@settings(deadline=None)
@given(st.sampled_from([*SPOKEN, "turn_end", "viewed"]), st.dictionaries(st.text(), VALUES))
def test_whatever_comes_can_be_stored(kind: str, detail: dict[str, object]) -> None:
    for words in (True, False):
        found = kept(kind, detail, words=words)  # type: ignore[arg-type]
        assert json.loads(json.dumps(found, allow_nan=False)) == found
