"""The ratio of voice and noise is what it says; the line is a telephone's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.speech.conditions import CLEAN, SILENCE, TELEPHONE, Condition, through
from evaluation.speech.mixing import babble, brown, under, white
from voice.audio.pcm import Pcm, Samples

RATE = 16_000


def _speech(seconds: float = 1.0, hertz: float = 400.0) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    return (0.1 * np.cos(2 * np.pi * hertz * time)).astype(np.float32)


def _decibels(signal: Samples, noise: Samples) -> float:
    return float(10 * np.log10(np.mean(signal.astype(float) ** 2) / np.mean(noise**2)))


@settings(deadline=None)  # the first call loads the filters
@given(st.floats(-5, 40), st.integers(0, 100))
def test_noise_is_so_many_decibels_below(decibels: float, seed: int) -> None:
    speech = _speech()
    mixed = under(speech, brown(len(speech), np.random.default_rng(seed)), decibels)
    assert _decibels(speech, mixed - speech) == pytest.approx(decibels, abs=0.05)


def test_silence_around_the_speech_changes_no_ratio() -> None:
    speech, quiet = _speech(), np.zeros(RATE, np.float32)
    padded = np.concatenate([quiet, speech, quiet])
    noise = white(len(padded), np.random.default_rng(1))
    assert _decibels(speech, under(padded, noise, 10) - padded) == pytest.approx(10, abs=0.05)


def test_silence_stays_silent() -> None:
    nothing = np.zeros(100, np.float32)
    assert not under(nothing, white(100, np.random.default_rng(1)), 10).any()


def test_noise_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="5 samples"):
        under(_speech(), np.ones(5, np.float32), 10)


def test_brown_noise_is_deep_and_white_is_not() -> None:
    def low(noise: Samples) -> float:
        power = np.abs(np.fft.rfft(noise)) ** 2
        return float(power[: len(power) // 8].sum() / power.sum())

    rng = np.random.default_rng(7)
    assert low(brown(RATE, rng)) > 0.9
    assert low(white(RATE, rng)) == pytest.approx(1 / 8, abs=0.03)


def test_a_babble_is_made_of_its_voices() -> None:
    tones = [_speech(0.5, hertz) for hertz in (300.0, 500.0, 700.0, 1100.0)]
    power = np.abs(np.fft.rfft(babble(RATE, np.random.default_rng(3), tones))) ** 2
    heard = sum(power[hertz - 5 : hertz + 6].sum() for hertz in (300, 500, 700, 1100))
    assert heard / power.sum() > 0.95


def test_the_line_is_narrow_and_keeps_its_time() -> None:
    high = through(TELEPHONE, Pcm(_speech(hertz=6000.0), RATE), 0, ())
    assert high.rate == 8000
    assert high.seconds == pytest.approx(1 + 2 * SILENCE, abs=0.01)
    within = high.samples[len(high.samples) // 4 : -len(high.samples) // 4]  # its ends click
    assert float(np.abs(within).max()) < 0.002
    wide = through(CLEAN, Pcm(_speech(hertz=6000.0), RATE), 0, ())
    assert wide.rate == RATE
    assert float(np.abs(wide.samples).max()) == pytest.approx(0.1, rel=0.01)


@pytest.mark.parametrize("number", range(4))
def test_a_number_gives_the_same_noise_again(number: int) -> None:
    pcm, others = Pcm(_speech(), RATE), [white(5000, np.random.default_rng(1))]
    first = through(Condition(noise=5), pcm, number, others)
    again = through(Condition(noise=5), pcm, number, others)
    other = through(Condition(noise=5), pcm, number + 4, others)
    assert np.array_equal(first.samples, again.samples)
    assert not np.array_equal(first.samples, other.samples)


def test_loud_noise_is_not_clipped() -> None:
    loud = Pcm((_speech() * 9).astype(np.float32), RATE)
    heard = through(Condition(telephone=False, noise=0), loud, 0, ())
    assert float(np.abs(heard.samples).max()) == pytest.approx(0.9, abs=0.001)
