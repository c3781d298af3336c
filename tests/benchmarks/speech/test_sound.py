"""What each call of the benchmark says."""

import numpy as np
import pytest

from benchmarks.speech.replies import load_replies
from benchmarks.speech.sound import LINE, WIDE, Talk, prelude
from benchmarks.speech.times import times


def _talk() -> Talk:
    line = (np.arange(LINE * 3) % 256).astype(np.uint8)
    return Talk(line, np.arange(WIDE * 3).astype(np.int16))


def test_a_call_goes_on_where_it_stopped_and_begins_anew_at_the_end() -> None:
    talk = _talk()
    said = np.concatenate([talk.codes(0, number, 0.1) for number in range(31)])
    assert np.array_equal(said[: LINE * 3], talk.line)
    assert np.array_equal(said[LINE * 3 :], talk.line[: LINE // 10])


def test_calls_say_different_things_of_the_same_length() -> None:
    talk = _talk()
    assert len(talk.codes(1, 0, 0.1)) == LINE // 10
    assert len(talk.samples(1, 0, 0.1)) == WIDE // 10
    assert not np.array_equal(talk.samples(1, 0, 0.1), talk.samples(2, 0, 0.1))


def test_neighbours_are_out_of_step() -> None:
    assert len({prelude(call) for call in range(10)}) == 10
    assert min(prelude(call) for call in range(10)) > 0


def test_sixty_replies() -> None:
    assert len(set(load_replies())) == 60


def test_times() -> None:
    told = times([0.001 * number for number in range(1, 102)])
    assert told.median == pytest.approx(51)
    assert told.p95 == pytest.approx(96)
    assert told.count == 101
    assert times([0.002]).p95 == pytest.approx(2)
    with pytest.raises(ValueError, match="nothing"):
        times([])
