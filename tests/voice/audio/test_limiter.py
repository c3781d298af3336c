"""The limiter: never over the ceiling, never a click, nothing else touched."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.audio.sounds import babble, tone
from voice.audio.limiter import Limiter, limit
from voice.audio.pcm import Samples

CEILING = 10 ** (-1.5 / 20)
LOUD = babble(0.5, 24000, level=1.2)


def _pushed(samples: Samples, cuts: list[int]) -> Samples:
    limiter = Limiter(24000, -1.5)
    pieces = np.split(samples, sorted(cuts))
    limited = [limiter.push(piece) for piece in pieces[:-1]]
    return np.concatenate([*limited, limiter.push(pieces[-1], last=True)])


def test_the_sample_is_really_too_loud() -> None:
    assert np.abs(LOUD).max() > 2 * CEILING


@settings(deadline=None)  # other work on the machine may hold it up
@given(st.lists(st.integers(0, len(LOUD)), max_size=12))
def test_cuts_change_nothing(cuts: list[int]) -> None:
    limited = _pushed(LOUD, cuts)
    assert len(limited) == len(LOUD)
    assert np.abs(limited).max() <= CEILING + 1e-6
    np.testing.assert_allclose(limited, _pushed(LOUD, []), atol=1e-6)


@settings(deadline=None)  # other work on the machine may hold it up
@given(st.lists(st.floats(-50, 50, width=32), max_size=400))
def test_no_sample_is_over_and_no_sign_turns(values: list[float]) -> None:
    samples = np.array(values, dtype=np.float32)
    limited = limit(samples, 8000, -1.5)
    assert len(limited) == len(samples)
    assert np.all(np.abs(limited) <= CEILING + 1e-6)
    assert np.all(limited * samples >= 0)


def test_what_is_quiet_enough_passes_unchanged() -> None:
    quiet = tone(0.5, 24000, level=0.8)
    assert np.array_equal(limit(quiet, 24000, -1.5), quiet)


@pytest.mark.parametrize("cuts", [[], [11990, 12000, 12010]])
def test_the_gain_moves_slowly_around_a_peak(cuts: list[int]) -> None:
    level = np.full(24000, 0.2, dtype=np.float32)
    level[12000] = 4.0
    gain = _pushed(level, cuts) / level
    # Down by 80 % within 5 ms (120 samples) along a Hann window, whose middle is twice as steep.
    assert np.abs(np.diff(gain)).max() < 2.2 * 0.8 / 120
    assert gain[12000] == pytest.approx(CEILING / 4, rel=0.01)
    assert np.all(gain[: 12000 - 121] == 1)
    assert gain[-1] == pytest.approx(1, abs=1e-3)


def test_a_loud_tone_stays_a_tone() -> None:
    limited = limit(tone(1.0, 24000, 120, level=2.0), 24000, -1.5)[6000:18000].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(limited * np.hanning(len(limited))))
    frequencies = np.fft.rfftfreq(len(limited), 1 / 24000)
    others = spectrum[np.abs(frequencies - 120) > 20]
    assert np.sqrt(np.sum(others**2) / np.sum(spectrum**2)) < 0.03


def test_after_the_last_a_new_stream_begins() -> None:
    limiter = Limiter(24000, -1.5)
    first = limiter.push(LOUD, last=True)
    assert np.array_equal(limiter.push(LOUD, last=True), first)


def test_nothing_stays_nothing() -> None:
    assert len(limit(np.zeros(0, dtype=np.float32), 24000, -1.5)) == 0
