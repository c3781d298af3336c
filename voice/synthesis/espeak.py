"""The last resort: espeak-ng. Hardly pleasant, but a call is never silent.

Its command, and not pyttsx3 before it: with three callers at once that library ignored the rate
in 6 of 72 clauses, and now and then it said that a file was there that was not.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
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

_COMMAND = ("espeak-ng", "--stdin", "-v", "cmn-latn-pinyin+f3")
"""Mandarin from pinyin; the voice `cmn` reads the tones of characters out in English."""
_WORDS_A_MINUTE = 175
"""espeak-ng's own rate, at speed 1."""
_GAIN = 0.0
"""dB for a piece too short to measure."""
_AT_ONCE = 8
"""Processes at a time: each takes a few hundredths of a second of a core."""
_MEMORY = Path("/dev/shm")  # noqa: S108 - what is said shall not touch a disk
"""Kept in memory, so that what a caller's name sounds like is never on a disk."""


class Espeak:
    """Each clause in a process of its own, which is killed when it takes too long."""

    rate = RATE

    def __init__(
        self,
        *,
        patience: float = 5.0,
        command: Sequence[str] = _COMMAND,
        folder: Path | None = None,
        pronounce: Callable[[str], list[Syllable]] = pinyins,
    ) -> None:
        self._patience = patience
        self._command = tuple(command)
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
        command = [*self._command, "-s", str(rate), "-w", str(out)]
        try:
            # A group of its own, so that what the child started ends with it.
            child = subprocess.Popen(  # noqa: S603 - fixed words; the text comes through a pipe
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                cwd=out.parent,
            )
        except FileNotFoundError as error:
            raise SynthesisError("the fallback voice is missing: install espeak-ng") from error
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
