"""One voice's file while it is written. Used by the recorder's thread alone."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import soundfile
import structlog

from care.calls.keys import Key
from care.calls.record import Record
from care.calls.recordings import NewRecording
from care.calls.sealed import SealedWriter
from care.calls.tape import Pcm16

log = structlog.get_logger(__name__)


class Encoder(Protocol):
    """Makes octets of sound; care.calls.opus has the real one."""

    def write(self, samples: Pcm16) -> None: ...
    def close(self) -> None: ...


MakeEncoder = Callable[[int, Callable[[bytes], None]], Encoder]
"""Rate in Hz, and who gets the octets."""


class Track:
    """Never raises: a disk that is full ends the recording and not the call."""

    def __init__(
        self, record: Record, new: NewRecording, folder: Path, key: Key, make: MakeEncoder
    ) -> None:
        self._record, self._new, self._file = record, new, folder / new.path
        self._key, self._make = key, make
        self._writer: SealedWriter | None = None
        self._encoder: Encoder | None = None
        self._samples = 0
        self._over = False

    def write(self, samples: Pcm16) -> None:
        """The sound that follows; the first makes the file."""
        if self._over:
            return
        try:
            if self._encoder is None:
                self._record.recording_began(self._new)
                self._writer = SealedWriter(self._file, self._key)
                self._encoder = self._make(self._new.rate, self._writer.write)
            self._encoder.write(samples)
            self._samples += len(samples)
        except (OSError, soundfile.SoundFileError) as error:
            self._break(error)

    def finish(self, problem: str | None = None) -> None:
        """Writes what is left and closes the file."""
        if self._over or self._encoder is None or self._writer is None:
            self._over = True
            return
        try:
            self._encoder.close()
            self._writer.close()
        except (OSError, soundfile.SoundFileError) as error:
            self._break(error)
        else:
            self._end(problem)

    def discard(self, now: datetime) -> None:
        """Deletes the file: the caller doesn't want it."""
        begun = self._encoder is not None or self._writer is not None
        if self._writer is not None:
            self._writer.abandon()
        self._over = True
        if not begun:
            return
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            log.error("recording_not_deleted", call=self._record.ref, errno=error.errno)
        else:
            self._record.recording_dropped(self._new.path, now)

    def _break(self, error: Exception) -> None:
        log.error("recording_broke_off", call=self._record.ref, error=type(error).__name__)
        if self._writer is not None:
            self._writer.abandon()
        self._end("disk")

    def _end(self, problem: str | None) -> None:
        self._over = True
        seconds = self._samples / self._new.rate
        self._record.recording_ended(self._new.path, seconds, problem)
