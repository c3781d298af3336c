"""What a caller hears while nobody speaks."""

import numpy as np
import pytest

from voice.line.tones import busy, hold, ringback


@pytest.mark.parametrize("rate", [8_000, 16_000])
@pytest.mark.parametrize(("tone", "on", "period"), [(ringback, 1.0, 5.0), (busy, 0.35, 0.7)])
def test_tones_of_the_exchange(tone: object, on: float, period: float, rate: int) -> None:
    assert callable(tone)
    samples = tone(rate)
    assert samples.dtype == np.int16
    assert len(samples) == round(period * rate)
    sounding = np.flatnonzero(samples)
    assert sounding[-1] / rate == pytest.approx(on, abs=0.002)
    sound = samples[: round(on * rate)].astype(float)
    peak = np.argmax(np.abs(np.fft.rfft(sound))) / on
    assert peak == pytest.approx(450, abs=5)


@pytest.mark.parametrize("rate", [8_000, 16_000])
def test_the_hold_tone_can_be_repeated_without_a_click(rate: int) -> None:
    samples = hold(rate).astype(float)
    assert len(samples) == 4 * rate
    assert samples[0] == samples[-1] == 0
    twice = np.concatenate([samples, samples])
    assert np.abs(np.diff(twice)).max() < 4_000
    assert 2_000 < np.abs(samples).max() < 10_000
