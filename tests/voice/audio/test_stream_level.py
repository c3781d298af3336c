"""Levelling a stream: near the target, smooth, never over the ceiling."""

import numpy as np
import pytest

from tests.voice.audio.sounds import babble, tone
from voice.audio.loudness import loudness
from voice.audio.pcm import Samples
from voice.audio.stream_level import StreamLevel

CEILING = 10 ** (-1.5 / 20) + 1e-6


def _pushed(samples: Samples, size: int, start: float | None = None) -> Samples:
    level = StreamLevel(24000, start=start)
    pieces = [samples[begin : begin + size] for begin in range(0, len(samples), size)]
    levelled = [level.push(piece) for piece in pieces]
    return np.concatenate([*levelled, level.push(samples[:0], last=True)])


@pytest.mark.parametrize("decibels", [-30, -10, 0, 10])
@pytest.mark.parametrize("size", [12000, 24000, 60000])
def test_a_steady_voice_comes_to_the_target(decibels: float, size: int) -> None:
    spoken = babble(6, 24000) * np.float32(10 ** (decibels / 20))
    levelled = _pushed(spoken, size)
    assert len(levelled) == len(spoken)
    assert loudness(levelled, 24000) == pytest.approx(-19, abs=1)
    assert np.abs(levelled).max() <= CEILING


def test_a_known_gain_is_used_from_the_first_sample() -> None:
    quiet = tone(0.05, 24000, level=0.05)
    np.testing.assert_allclose(_pushed(quiet, 480, start=6.0), quiet * 10 ** (6 / 20), rtol=1e-3)


def test_a_voice_that_turns_loud_is_followed_without_a_jump() -> None:
    loud_later = tone(12, 24000, 997, level=0.02)
    loud_later[72000:] *= 4
    levelled = _pushed(loud_later, 12000)
    rises = levelled[loud_later > 0.015] / loud_later[loud_later > 0.015]
    assert np.abs(np.diff(20 * np.log10(rises))).max() < 0.05  # dB from wave to wave
    assert loudness(levelled[-48000:], 24000) < loudness(levelled[72000:96000], 24000) - 3


def test_silence_first_changes_nothing() -> None:
    silence = np.zeros(24000, dtype=np.float32)
    levelled = _pushed(np.concatenate([silence, babble(6, 24000, level=0.01)]), 12000)
    assert not levelled[:24000].any()
    assert loudness(levelled[24000:], 24000) == pytest.approx(-19, abs=1)


def test_a_stream_without_samples_gives_none() -> None:
    assert len(_pushed(np.zeros(0, dtype=np.float32), 100)) == 0
