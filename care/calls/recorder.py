"""The thread that writes the recordings of all calls."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue

import structlog

from care.calls.keys import Keyring
from care.calls.kind import Consent
from care.calls.opus import OpusEncoder
from care.calls.record import Record
from care.calls.recording import LegRecording, Writing
from care.calls.recordings import NewRecording
from care.calls.tape import Pcm16
from care.calls.track import MakeEncoder, Track

log = structlog.get_logger(__name__)

_Work = Callable[[], None]


@dataclass(frozen=True)
class Voices:
    """Who is heard on a leg, and who is played to it; None isn't recorded there."""

    heard: str = "elder"
    played: str | None = "assistant"


OPERATORS_LEG = Voices("operator", None)
"""What the operator hears is on the elder's leg already."""


class Recorder:
    """Opens recordings for calls. Encoding, encrypting and the disk never hold a call up.

    Close it before the notebook of its records.
    """

    def __init__(
        self,
        folder: Path,
        keys: Keyring,
        *,
        most_waiting: float = 600.0,
        make_encoder: MakeEncoder = OpusEncoder,
    ) -> None:
        """`most_waiting`: seconds of sound that may wait for a slow disk, of all calls together."""
        self._folder, self._keys = folder, keys
        self._make_encoder = make_encoder
        self._most = most_waiting
        self._waiting = 0.0
        self._lock = threading.Lock()
        self._work: SimpleQueue[_Work | None] = SimpleQueue()
        self._open: set[Track] = set()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def open(
        self,
        record: Record,
        *,
        leg: str,
        rate: int,
        at: datetime,
        now: float,
        voices: Voices | None = None,
    ) -> LegRecording:
        """A recording of one leg from now on; it keeps nothing when the caller has refused.

        `at` is the moment, `now` the same in seconds of the clock of the recording's methods. The
        elder's leg with the assistant is the default of `voices`.
        """
        speakers = voices or Voices()

        def writing(speaker: str | None) -> Writing | None:
            if speaker is None or record.consent == Consent.REFUSED:
                return None
            name = f"{record.ref}-{secrets.token_hex(4)}-{speaker}.opus.sealed"
            new = NewRecording(leg, speaker, f"{at:%Y-%m}/{name}", rate, at)
            track = Track(record, new, self._folder, self._keys.current, self._make_encoder)
            return _Queued(self, track, rate)

        recording = LegRecording(
            rate, now, at, heard=writing(speakers.heard), played=writing(speakers.played)
        )
        record.if_unwanted(recording.discard)
        return recording

    def close(self, timeout: float = 20.0) -> bool:
        """Writes what waits, finishes what is open and stops; False when the disk is too slow."""
        self._work.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def put(self, work: _Work, seconds: float = 0.0) -> bool:
        """Has the thread do it; False when that many seconds of sound are too many."""
        with self._lock:
            if seconds and self._waiting + seconds > self._most:
                return False
            self._waiting += seconds
        self._work.put(lambda: self._do(work, seconds))
        return True

    def _do(self, work: _Work, seconds: float) -> None:
        try:
            work()
        finally:
            with self._lock:
                self._waiting -= seconds

    def began(self, track: Track) -> None:
        """From now on `close` finishes it. In the thread."""
        self._open.add(track)

    def over(self, track: Track) -> None:
        """Nothing more comes. In the thread."""
        self._open.discard(track)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            try:
                work()
            except Exception as error:  # one recording must not stop those of all other calls
                log.error("recording_failed", error=type(error).__name__)
        for track in self._open:
            track.finish("stopped")


class _Queued:
    """A track that is written by the recorder's thread."""

    def __init__(self, recorder: Recorder, track: Track, rate: int) -> None:
        self._recorder, self._track, self._rate = recorder, track, rate
        self._broken = False

    def write(self, samples: Pcm16) -> None:
        if self._broken:
            return

        def work() -> None:
            self._recorder.began(self._track)
            self._track.write(samples)

        if not self._recorder.put(work, len(samples) / self._rate):
            self._broken = True
            self._finish("overrun")

    def finish(self) -> None:
        self._finish(None)

    def discard(self, now: datetime) -> None:
        def work() -> None:
            self._track.discard(now)
            self._recorder.over(self._track)

        self._recorder.put(work)

    def _finish(self, problem: str | None) -> None:
        def work() -> None:
            self._track.finish(problem)
            self._recorder.over(self._track)

        self._recorder.put(work)
