"""Frames without gaps, whatever the network does; on a clock that the test moves."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from voice.line.leg import Pcm16
from voice.line.sip.frames import GAP, Frames

TICKS = st.lists(st.tuples(st.integers(0, 700), st.floats(0.001, 0.3)), max_size=60)
"""Samples that came, and seconds since the last look."""


@given(TICKS, st.sampled_from([8_000, 16_000]))
def test_nothing_that_came_is_lost_or_moved(ticks: list[tuple[int, float]], rate: int) -> None:
    frames, now, sent = Frames(rate, 0.0), 0.0, 0
    heard: list[Pcm16] = []
    for count, seconds in ticks:
        now += seconds
        samples = (np.arange(sent, sent + count) % 30_000 + 1).astype(np.int16)
        sent += count
        heard += frames.push(samples, now)
    assert all(len(frame) == rate // 50 for frame in heard)
    came = np.concatenate([np.zeros(0, np.int16), *heard])
    came = came[came != 0]
    assert came.tolist() == [n % 30_000 + 1 for n in range(len(came))]
    assert sent - len(came) < rate // 50


@given(st.floats(GAP, 5.0), st.floats(0.005, 0.05))
@example(gap=3.0, tick=0.0078125)  # 62.5 samples: rounding to whole ones must not add up
def test_silence_lasts_as_long_as_the_gap(gap: float, tick: float) -> None:
    frames, now, count = Frames(8_000, 0.0), 0.0, 0
    while now < gap:
        now += tick
        count += sum(map(len, frames.push(np.zeros(0, np.int16), now)))
    assert count / 8_000 == pytest.approx(now, abs=0.03)


def test_a_late_packet_is_no_gap() -> None:
    frames = Frames(8_000, 0.0)
    assert frames.push(np.zeros(0, np.int16), GAP - 0.01) == []
    assert len(frames.push(np.ones(480, np.int16), GAP)) == 3
