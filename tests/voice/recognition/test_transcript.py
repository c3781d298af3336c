import pytest

from tests.voice.recognition.scripted import words
from voice.recognition.transcript import Transcript, Word, joined, transcript_of


def test_longer_words_weigh_more() -> None:
    made = transcript_of([Word("我", 1.0, 1.2, 0.4), Word("想订饭", 1.2, 2.0, 0.8)])
    assert made.text == "我想订饭"
    assert made.confidence == pytest.approx(0.7)
    assert (made.start, made.end) == (1.0, 2.0)


def test_nothing_said_has_a_place_in_time() -> None:
    assert transcript_of([], 3.5) == Transcript(start=3.5, end=3.5)


def test_segments_join_in_order() -> None:
    whole = joined([transcript_of(words("我 要")), transcript_of(words("订饭", start=4.0))])
    assert whole.text == "我要订饭"
    assert (whole.start, whole.end) == (0.0, 4.5)
    assert joined([]) == Transcript()
    assert joined([transcript_of([], 2.0)]).end == 2.0
