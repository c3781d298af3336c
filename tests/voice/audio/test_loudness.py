"""Loudness: the target within 1 LU, and nothing strange for odd input."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.audio.sounds import babble, tone
from voice.audio.loudness import loudness, normalise

CEILING = 10 ** (-1.5 / 20) + 1e-6


def test_the_reference_tone_of_the_standard() -> None:
    # BS.1770-4: 0 dBFS of 997 Hz in one channel is −3.01 LUFS.
    assert loudness(tone(5, 48000, 997, level=1.0), 48000) == pytest.approx(-3.01, abs=0.05)


@pytest.mark.parametrize("rate", [8000, 16000, 24000])
@pytest.mark.parametrize("decibels", [-35, -20, 0, 12])
def test_speech_of_any_level_comes_to_the_target(rate: int, decibels: float) -> None:
    spoken = babble(4, rate) * np.float32(10 ** (decibels / 20))
    levelled = normalise(spoken, rate)
    assert len(levelled) == len(spoken)
    assert loudness(levelled, rate) == pytest.approx(-19, abs=1)
    assert np.abs(levelled).max() <= CEILING


def test_speech_with_hard_peaks_comes_to_the_target_without_clipping() -> None:
    spoken = babble(4, 24000)
    spoken[::4800] = 1.0
    levelled = normalise(spoken, 24000)
    assert np.abs(levelled).max() <= CEILING
    assert loudness(levelled, 24000) == pytest.approx(-19, abs=1)


@pytest.mark.parametrize("seconds", [0.06, 0.12, 0.3, 0.3999, 0.4, 0.4001, 0.7])
def test_short_clips_are_levelled_too(seconds: float) -> None:
    clip = tone(seconds, 24000, 440, level=0.02)
    assert loudness(normalise(clip, 24000), 24000) == pytest.approx(-19, abs=1)


@pytest.mark.parametrize("count", [0, 1, 2, 100, 1199])
def test_less_than_a_syllable_keeps_its_level(count: int) -> None:
    clip = tone(1, 24000, level=0.02)[:count]
    assert np.array_equal(normalise(clip, 24000), clip)


def test_silence_stays_silence_and_a_whisper_of_noise_stays_one() -> None:
    silence = np.zeros(24000, dtype=np.float32)
    assert loudness(silence, 24000) == -math.inf
    assert not normalise(silence, 24000).any()
    noise = babble(2, 24000, level=1e-5)
    assert np.array_equal(normalise(noise, 24000), noise)


def test_a_click_in_silence_is_not_blown_up() -> None:
    clip = babble(2, 24000, level=1e-4)
    clip[24000] = 0.9
    levelled = normalise(clip, 24000)
    assert np.abs(levelled).max() <= CEILING
    before, after = loudness(clip[:12000], 24000), loudness(levelled[:12000], 24000)
    assert not math.isfinite(before) or after - before <= 40


def test_spoiled_samples_become_silence() -> None:
    clip = babble(2, 24000)
    clip[100], clip[200] = np.nan, np.inf
    assert loudness(normalise(clip, 24000), 24000) == pytest.approx(-19, abs=1)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 6000), st.floats(0, 1e6, width=32), st.sampled_from([8000, 24000]))
def test_whatever_comes_in_stays_within_the_ceiling(count: int, level: float, rate: int) -> None:
    levelled = normalise(tone(1, rate, 300, level=level)[:count], rate)
    assert len(levelled) == count
    assert np.all(np.abs(levelled) <= CEILING)
