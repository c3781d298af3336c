"""Hundreds of recordings, good and bad, leave nothing behind."""

import gc
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import soundfile

from tests.voice.audio.sounds import AMR_NB, amr, babble, tone, wav
from voice.audio.errors import AudioError
from voice.audio.reading import read_audio, stream_audio

ROUNDS = 50


def _files(folder: Path) -> list[Path]:
    """One of every kind; six of them in each round."""
    spoken = babble(2, 16000)
    wav(folder / "good.wav", spoken, 16000)
    soundfile.write(folder / "good.ogg", spoken, 16000)
    soundfile.write(folder / "good.mp3", spoken, 16000)
    (folder / "call.alaw").write_bytes(bytes(16000))
    (folder / "call.amr").write_bytes(amr(AMR_NB, frames=20))
    (folder / "letter.wav").write_bytes(b"hello" * 100)
    return sorted(folder.iterdir())


def _whole(path: Path) -> None:
    read_audio(path)


def _abandoned(path: Path) -> None:
    next(stream_audio(path))


@pytest.mark.parametrize("read", [_whole, _abandoned])
def test_300_files_leave_descriptors_memory_and_processes_as_they_were(
    tmp_path: Path, read: Callable[[Path], None]
) -> None:
    files = _files(tmp_path)
    process = psutil.Process()

    def take(rounds: int) -> None:
        for path in files * rounds:
            try:
                read(path)
            except AudioError:
                assert path.name == "letter.wav"
        gc.collect()

    take(5)  # libraries load, the allocator takes its pools
    descriptors, children = process.num_fds(), len(process.children())
    memory = process.memory_info().rss
    take(ROUNDS)
    assert process.num_fds() == descriptors
    assert len(process.children()) == children
    # One leaked decoder is 20 kB or more, one leaked recording 128 kB: 300 would show.
    assert process.memory_info().rss - memory < 4_000_000
    wav(tmp_path / "after.wav", tone(0.1, 8000), 8000)
    assert read_audio(tmp_path / "after.wav").seconds == pytest.approx(0.1)
