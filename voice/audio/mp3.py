"""Sound as MP3, for those who only take that; encoded by ffmpeg in a process of its own."""

import subprocess
import tempfile
from pathlib import Path

from voice.audio.pcm import Pcm
from voice.audio.wav import write_wav

_PATIENCE = 30.0
"""Seconds; a minute of speech takes a part of one."""


class Mp3Error(RuntimeError):
    """ffmpeg is missing, hangs, or can't encode."""


def mp3(pcm: Pcm, *, kilobits: int = 32, program: str = "ffmpeg") -> bytes:
    """`pcm` with `kilobits` a second: 32 is plenty for one voice. Raises Mp3Error."""
    with tempfile.TemporaryDirectory(prefix="mp3-") as folder:
        path = Path(folder) / "said.wav"
        write_wav(path, pcm)
        command = [
            program, "-nostdin", "-hide_banner", "-v", "quiet", "-threads", "1",
            "-protocol_whitelist", "file,pipe", "-f", "wav", "-i", f"file:{path}",
            "-c:a", "libmp3lame", "-b:a", f"{kilobits}k", "-f", "mp3", "pipe:1",
        ]  # fmt: skip
        try:
            done = subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)  # noqa: S603 - a list of our own making, and no shell
        except (OSError, subprocess.SubprocessError) as error:
            raise Mp3Error(type(error).__name__) from error
    return done.stdout
