"""Samples keep their value through 16 bits, and never leave full scale."""

import numpy as np
import pytest

from voice.audio.pcm import Pcm, bounded, from_int16, mono, to_int16


def test_every_16_bit_value_comes_back() -> None:
    values = np.arange(-32768, 32768).astype(np.int16)
    assert np.array_equal(to_int16(from_int16(values)), values)


def test_too_loud_is_cut_off_and_nan_is_silent() -> None:
    samples = np.array([2.0, -2.0, np.inf, -np.inf, np.nan, 1.0], dtype=np.float32)
    assert to_int16(samples).tolist() == [32767, -32768, 32767, -32768, 0, 32767]
    assert bounded(samples).tolist() == [1, -1, 0, 0, 0, 1]


def test_channels_are_averaged() -> None:
    frames = np.array([[1.0, 0.0], [0.5, -0.5], [np.nan, 0.5]], dtype=np.float32)
    assert mono(frames).tolist() == [0.5, 0, 0.25]


def test_a_piece_knows_its_length() -> None:
    assert Pcm(np.zeros(4000, dtype=np.float32), 8000).seconds == 0.5


@pytest.mark.parametrize(
    ("samples", "rate"),
    [
        (np.zeros((4, 2), dtype=np.float32), 8000),
        (np.zeros(4, dtype=np.float64), 8000),
        (np.zeros(4, dtype=np.float32), 0),
    ],
    ids=["stereo", "double", "no rate"],
)
def test_what_is_no_mono_sound_is_refused(samples: np.ndarray, rate: int) -> None:
    with pytest.raises(ValueError, match="expected"):
        Pcm(samples, rate)
