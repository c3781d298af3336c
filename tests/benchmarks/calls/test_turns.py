"""What is told of a sentence: the answer, what was only a filler, silence, an alarm."""

import pytest

from benchmarks.calls.dialogues import Kind
from benchmarks.calls.turns import turns
from tests.benchmarks.calls.examples import frames, recorded, said, timeline

ABOUT = 0.021
"""Seconds: one frame."""


def test_the_answer_counts_from_the_last_sound_of_the_sentence() -> None:
    call = recorded(frames((0.5, 2.0), (5.7, 8.0)), said(4.0, 5.0))
    [turn] = turns(call, None)
    assert turn.first == turn.answer == pytest.approx(0.7, abs=ABOUT)
    assert turn.longest_silence == pytest.approx(0.7, abs=ABOUT)
    assert not turn.talked_into
    assert turn.stopped is None


def test_each_sentence_has_its_own_answer() -> None:
    call = recorded(frames((5.7, 8.0), (12.0, 14.0)), said(4.0, 5.0), said(10.0, 11.0))
    first, second = turns(call, None)
    assert first.first == pytest.approx(0.7, abs=ABOUT)
    assert second.first == pytest.approx(1.0, abs=ABOUT)


def test_what_comes_after_the_next_sentence_answers_that_one() -> None:
    call = recorded(frames((12.0, 14.0)), said(4.0, 5.0), said(10.0, 11.0))
    first, second = turns(call, None)
    assert first.first is first.answer is None
    assert second.first == pytest.approx(1.0, abs=ABOUT)


def test_a_filler_is_told_apart_from_the_answer() -> None:
    call = recorded(frames((6.0, 7.0), (7.4, 9.0)), said(4.0, 5.0))
    notes = timeline((5.95, "filler", {}), (7.35, "speaks", {"behind": 0.0}))
    [turn] = turns(call, notes)
    assert turn.first == pytest.approx(1.0, abs=ABOUT)
    assert turn.answer == pytest.approx(2.4, abs=ABOUT)


def test_an_answer_right_behind_its_filler() -> None:
    call = recorded(frames((6.0, 9.0)), said(4.0, 5.0))
    notes = timeline((5.95, "filler", {}), (6.2, "speaks", {"behind": 0.8}))
    [turn] = turns(call, notes)
    assert turn.answer == pytest.approx(1.95, abs=2 * ABOUT)


def test_only_a_filler_is_no_answer() -> None:
    call = recorded(frames((6.0, 7.0)), said(4.0, 5.0))
    [turn] = turns(call, timeline((5.95, "filler", {})))
    assert turn.first is not None
    assert turn.answer is None


def test_an_interruption_is_timed_to_our_silence() -> None:
    call = recorded(
        frames((2.0, 4.5), (6.0, 8.0)), said(4.0, 5.0, interrupts=True), said(9.0, 10.0)
    )
    stopped, _ = turns(call, None)
    assert stopped.stopped == pytest.approx(0.5, abs=ABOUT)
    assert stopped.first == pytest.approx(1.0, abs=ABOUT)
    assert not stopped.talked_into


def test_whoever_talks_on_is_not_stopped_and_has_not_answered() -> None:
    call = recorded(frames((2.0, 9.0)), said(4.0, 5.0, interrupts=True))
    [turn] = turns(call, None)
    assert turn.stopped is turn.first is turn.answer is None
    assert turn.talked_into


def test_talking_into_a_sentence_is_told() -> None:
    call = recorded(frames((4.5, 5.2), (6.0, 7.0)), said(4.0, 5.0))
    [turn] = turns(call, None)
    assert turn.talked_into
    assert turn.first == pytest.approx(1.0, abs=ABOUT)


def test_the_longest_silence_may_be_inside_the_answer() -> None:
    call = recorded(frames((5.5, 6.0), (8.0, 9.0)), said(4.0, 5.0))
    [turn] = turns(call, None)
    assert turn.longest_silence == pytest.approx(2.0, abs=ABOUT)


def test_an_alarm_is_timed_from_the_words_and_from_their_partial() -> None:
    call = recorded(frames((5.5, 6.0)), said(4.0, 5.0, Kind.EMERGENCY))
    notes = timeline((4.9, "alarm", {}), (5.0, "alarm_kept", {}), raised=4.95)
    [turn] = turns(call, notes)
    assert turn.alarm is not None
    assert turn.alarm.after_words == pytest.approx(0.0)
    assert turn.alarm.after_partial == pytest.approx(0.1)
    assert turn.alarm.raised == pytest.approx(0.05)


def test_an_alarm_that_is_not_kept_is_none() -> None:
    call = recorded(frames((5.5, 6.0)), said(4.0, 5.0, Kind.EMERGENCY))
    [turn] = turns(call, timeline((4.9, "alarm", {}), raised=4.95))
    assert turn.alarm is None
