"""Written WAV files hold what was given, at any width."""

from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import soundfile

from tests.voice.audio.sounds import babble
from voice.audio.errors import AudioError
from voice.audio.pcm import Pcm, from_int16, to_int16
from voice.audio.reading import read_audio
from voice.audio.wav import write_wav


@pytest.mark.parametrize("width", [8, 16, 24, 32])
def test_every_width_comes_back_within_half_a_step(
    tmp_path: Path, width: Literal[8, 16, 24, 32]
) -> None:
    spoken = np.clip(babble(1, 16000, level=0.2), -0.99, 0.99)
    write_wav(tmp_path / "out.wav", Pcm(spoken, 16000), width)
    assert soundfile.info(tmp_path / "out.wav").subtype in {f"PCM_{width}", f"PCM_U{width}"}
    heard = read_audio(tmp_path / "out.wav").samples
    assert np.abs(heard - spoken).max() <= 0.5 / (1 << (width - 1)) + 1e-7


def test_16_bits_are_exact_and_loud_samples_saturate(tmp_path: Path) -> None:
    values = from_int16(np.arange(-32768, 32768).astype(np.int16))
    loud = np.concatenate([values, np.array([2.0, -2.0, np.nan], dtype=np.float32)])
    write_wav(tmp_path / "out.wav", Pcm(loud, 8000))
    heard = to_int16(read_audio(tmp_path / "out.wav", rate=8000).samples)
    assert heard.tolist() == [*range(-32768, 32768), 32767, -32768, 0]


def test_no_samples_make_a_file_without_sound(tmp_path: Path) -> None:
    write_wav(tmp_path / "out.wav", Pcm(np.zeros(0, dtype=np.float32), 8000))
    assert read_audio(tmp_path / "out.wav").seconds == 0


@pytest.mark.parametrize("name", ["missing/out.wav", ".", "a\0b.wav"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(AudioError, match="写不进去"):
        write_wav(tmp_path / name, Pcm(np.zeros(10, dtype=np.float32), 8000))
