"""The last resort: pyttsx3 with espeak-ng. Hardly pleasant, but a call is never silent."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from voice.audio.errors import AudioError
from voice.audio.pcm import Samples
from voice.audio.reading import read_audio
from voice.spoken.phonemes import pinyins
from voice.spoken.syllable import Syllable
from voice.synthesis.clause import Clause
from voice.synthesis.clauses import clauses
from voice.synthesis.edges import silence, trim
from voice.synthesis.level import level
from voice.synthesis.port import RATE, Style, SynthesisError

_CHILD = Path(__file__).with_name("espeak_child.py")
_WORDS_A_MINUTE = 175
"""espeak-ng's own rate, at speed 1."""
_GAIN = 0.0
"""dB for a piece too short to measure."""
_AT_ONCE = 8
"""Processes at a time: each takes 30 MB and a tenth of a second of a core."""
_MEMORY = Path("/dev/shm")  # noqa: S108 - what is said shall not touch a disk
"""Kept in memory, so that what a caller's name sounds like is never on a disk."""


class Espeak:
    """Each clause in a process of its own, which is killed when it takes too long."""

    rate = RATE

    def __init__(
        self,
        *,
        patience: float = 5.0,
        child: Path = _CHILD,
        folder: Path | None = None,
        pronounce: Callable[[str], list[Syllable]] = pinyins,
    ) -> None:
        self._patience = patience
        self._child = child
        self._folder = folder or (_MEMORY if os.access(_MEMORY, os.W_OK) else None)
        self._pronounce = pronounce
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    def stream(self, text: str, style: Style) -> Iterator[Samples]:
        """Clause by clause, each with the pause after it. Raises SynthesisError."""
        for clause in clauses(text):
            yield self.render(clause, style)
            yield silence(clause.pause * style.pauses, self.rate)

    def render(self, clause: Clause, style: Style) -> Samples:
        """One clause, levelled, faded at both ends, at volume 0. Raises SynthesisError."""
        if not self._places.acquire(timeout=self._patience):
            raise SynthesisError("too many callers hear the fallback voice at once")
        try:
            sound = self._spoken(clause, style)
        except (AudioError, OSError) as error:
            raise SynthesisError("the fallback voice left no sound") from error
        finally:
            self._places.release()
        return level(trim(sound, self.rate), self.rate, _GAIN)

    def _spoken(self, clause: Clause, style: Style) -> Samples:
        folder = Path(tempfile.mkdtemp(prefix="voice-", dir=self._folder))
        try:
            out = folder / "out.wav"
            self._run(self._pinyin(clause.text), out, round(_WORDS_A_MINUTE * style.speed))
            return read_audio(out, rate=self.rate).samples
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _pinyin(self, text: str) -> str:
        return " ".join(f"{one.pinyin}" for one in self._pronounce(text))

    def _run(self, pinyin: str, out: Path, rate: int) -> None:
        command = [sys.executable, "-I", str(self._child), str(out), str(rate)]
        # A group of its own, so that what the child started ends with it.
        child = subprocess.Popen(  # noqa: S603 - our own file; the text comes through a pipe
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=out.parent,
        )
        try:
            child.communicate(pinyin.encode(), self._patience)
        except subprocess.TimeoutExpired as error:
            raise SynthesisError("the fallback voice took too long") from error
        finally:
            _end(child)
        if child.returncode:
            raise SynthesisError("the fallback voice failed: install espeak-ng")


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # it ended by itself, with everything that it started
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
