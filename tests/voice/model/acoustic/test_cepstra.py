import numpy as np
import pytest

from voice.model.acoustic.cepstra import RATE, cepstra, log_mel, to_cepstra, to_mel


def sweep() -> np.ndarray:
    t = np.arange(1_600) / 16_000
    rising = 8_000 * np.sin(2 * np.pi * (300 + 2_000 * t) * t)
    return (rising + 3_000 * np.sin(2 * np.pi * 2_900 * t)).astype(np.float32)


def test_the_numbers_are_kaldis() -> None:
    # From kaldi-native-fbank 1.23 with the options of `conf/mfcc.conf`, for the same samples.
    first = [63.438, 55.078, 1.097, 141.49, -102.427, -127.265, 23.557, -110.14, -117.98, 64.044]
    last = [2.529, -0.586, -3.968, 9.242, 1.553, -6.191, 9.697, -1.173, -8.466, 6.392]
    values = cepstra(sweep())
    assert values.shape == (8, 40)
    assert values[0, :10] == pytest.approx(first, abs=0.06)
    assert values[3, 30:] == pytest.approx(last, abs=0.06)


def test_cepstra_and_mel_are_the_same_thing_written_twice() -> None:
    mel = log_mel(sweep())
    assert to_mel(to_cepstra(mel)) == pytest.approx(mel, abs=1e-3)


def test_a_longer_vocal_tract_moves_the_sound_down() -> None:
    def centre(warp: float) -> float:
        energies = np.exp(log_mel(sweep(), warp))
        return float((energies * np.arange(40)).sum() / energies.sum())

    assert centre(0.88) < centre(1.0) < centre(1.12)


def test_too_short_for_one_frame() -> None:
    assert cepstra(np.zeros(399, np.float32)).shape == (0, 40)


def test_fewer_samples_between_frames_stretch_the_speech_and_keep_its_pitch() -> None:
    t = np.arange(RATE) / RATE
    tone = (6_000 * np.sin(2 * np.pi * 1_000 * t)).astype("f4")
    usual, slow = log_mel(tone), log_mel(tone, shift=120)
    assert len(slow) == pytest.approx(len(usual) * 160 / 120, abs=1)
    assert slow.mean(0).argmax() == usual.mean(0).argmax()
