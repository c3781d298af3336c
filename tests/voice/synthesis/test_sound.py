"""Edges, loudness and the last step of a stream: nothing clicks, nothing is too loud."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.synthesis.speaking import tone
from voice.audio.loudness import loudness
from voice.synthesis.edges import fade, silence, trim
from voice.synthesis.finish import Finish
from voice.synthesis.level import LUFS, PEAK, level
from voice.synthesis.port import RATE

CEILING = 10 ** (PEAK / 20)


def test_silence_around_speech_goes() -> None:
    sound = np.concatenate([silence(0.6, RATE), tone(1.0), silence(0.4, RATE)])
    trimmed = trim(sound, RATE)
    assert 1.0 <= len(trimmed) / RATE <= 1.12
    assert trimmed[0] == 0
    assert abs(trimmed[-1]) < 1e-3


@pytest.mark.parametrize("sound", [np.zeros(0, np.float32), silence(1.0, RATE), tone(0.01)])
def test_nothing_to_hear_is_nothing(sound: np.ndarray[tuple[int], np.dtype[np.float32]]) -> None:
    assert len(trim(sound, RATE)) == 0


@given(st.integers(0, 2000))
@settings(deadline=None)
def test_a_fade_ends_at_zero_and_never_adds(length: int) -> None:
    faded = fade(np.ones(length, np.float32), RATE)
    assert len(faded) == length
    assert np.all((faded >= 0) & (faded <= 1))
    assert not length or faded[0] <= 1 / max(1, min(192, length // 2)) or length == 1


@pytest.mark.parametrize("seconds", [1.0, 3.0])
@pytest.mark.parametrize("gain", [0.02, 1.0, 4.0])
def test_long_pieces_are_levelled(seconds: float, gain: float) -> None:
    levelled = level(tone(seconds) * np.float32(gain), RATE, usual=0.0)
    assert loudness(levelled, RATE) == pytest.approx(LUFS, abs=1.0)
    assert np.abs(levelled).max() <= CEILING + 1e-4


def test_short_pieces_stay_near_what_the_voice_needs() -> None:
    soft = tone(0.3) * np.float32(0.05)
    levelled = level(soft, RATE, usual=2.0)
    assert loudness(levelled, RATE) - loudness(soft, RATE) == pytest.approx(11.0, abs=0.2)
    assert len(level(np.zeros(0, np.float32), RATE, usual=2.0)) == 0


@pytest.mark.parametrize("rate", [24_000, 16_000, 8_000])
@pytest.mark.parametrize("volume", [-12.0, 0.0, 9.0])
def test_a_finished_stream_has_its_length_and_volume_and_no_peak(rate: int, volume: float) -> None:
    sound = tone(1.0)
    finish = Finish(volume, RATE, rate)
    pieces = [finish.push(part) for part in np.array_split(sound, 7)]
    whole = np.concatenate([*pieces, finish.end()])
    assert len(whole) == pytest.approx(rate, abs=2)
    assert np.abs(whole).max() <= CEILING + 1e-4
    wanted = min(0.2 * 10 ** (volume / 20), CEILING)
    assert np.abs(whole[rate // 4 : -rate // 4]).max() == pytest.approx(wanted, rel=0.05)


def test_where_a_stream_is_cut_cannot_be_heard() -> None:
    sound = tone(1.0)
    outputs = []
    for parts in (1, 5, 31):
        finish = Finish(6.0, RATE, 8_000)
        pieces = [finish.push(part) for part in np.array_split(sound, parts)]
        outputs.append(np.concatenate([*pieces, finish.end()]))
    for other in outputs[1:]:
        np.testing.assert_allclose(other, outputs[0], atol=1e-4)
