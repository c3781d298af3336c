"""What a browser may send."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.line.browser.wire import LONGEST, RATES, Allowance, FrameError, read_frame, write_frame

samples = st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=800)


@given(samples)
def test_what_is_written_is_read(values: list[int]) -> None:
    sound = np.array(values, np.int16)
    assert np.array_equal(read_frame(write_frame(sound), 8_000), sound)


@given(st.binary(max_size=4_000), st.sampled_from(sorted(RATES)))
def test_any_octets_are_sound_or_refused(octets: bytes, rate: int) -> None:
    most = round(LONGEST * rate) * 2
    fits = 0 < len(octets) <= most and len(octets) % 2 == 0
    if fits:
        assert len(read_frame(octets, rate)) == len(octets) // 2
    else:
        with pytest.raises(FrameError):
            read_frame(octets, rate)


def test_octets_are_little_endian() -> None:
    assert list(read_frame(b"\x01\x00\xff\xff", 8_000)) == [1, -1]


@given(st.lists(st.tuples(st.floats(0.0, 3.0), st.floats(0.0, 0.1)), max_size=300))
def test_nobody_sends_faster_than_time_passes(course: list[tuple[float, float]]) -> None:
    allowance, now, taken = Allowance(0.0), 0.0, 0.0
    for wait, seconds in course:
        now += wait
        if allowance.takes(seconds, now):
            taken += seconds
    assert taken <= 1.0 + now * 1.05 + 1e-6


def test_a_network_that_stood_still_may_catch_up() -> None:
    allowance = Allowance(0.0)
    assert all(allowance.takes(0.02, 1.0) for _ in range(49))
    assert not allowance.takes(0.04, 1.0)
    assert allowance.takes(0.04, 1.04)
