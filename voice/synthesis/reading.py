"""One text being read out: each piece from where it can be had in time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import structlog

from voice.audio.pcm import Samples
from voice.synthesis.clause import Clause
from voice.synthesis.edges import silence
from voice.synthesis.espeak import Espeak
from voice.synthesis.kokoro import Kokoro
from voice.synthesis.metrics import Metrics
from voice.synthesis.port import RATE, Style, SynthesisError
from voice.synthesis.prompts import Pieces, piece_key
from voice.synthesis.queue import SynthesisQueue, Ticket
from voice.synthesis.stop import Stop

_REST = 30.0
"""Seconds that Kokoro isn't asked after it failed: no caller waits for the failure again."""
_LAST_CHANCE = 30.0
"""Seconds for Kokoro when espeak can't speak either: late is better than silent."""

_log = structlog.get_logger()


@dataclass
class Sources:
    """Where speech comes from, shared by all calls."""

    kokoro: Kokoro | None
    espeak: Espeak
    pieces: Pieces
    queue: SynthesisQueue
    metrics: Metrics
    pronounce: Callable[[str], str]
    version: str
    clock: Callable[[], float]
    own: set[str] = field(default_factory=set)
    """Clauses of the project itself: the only ones that are written to disk."""
    rests_until: float = -1.0

    def key(self, clause: Clause, style: Style) -> str:
        """The name of the clause's piece."""
        return piece_key(clause, self.pronounce(clause.text), style, self.version)

    def is_ready(self, clause: Clause, style: Style) -> bool:
        """Whether its piece is rendered already."""
        return self.key(clause, style) in self.pieces

    def works(self) -> bool:
        """Whether Kokoro is there and hasn't just failed."""
        return self.kokoro is not None and self.clock() >= self.rests_until

    def order(self, clause: Clause, style: Style) -> Ticket:
        """Gets in line for Kokoro; what it makes is kept."""

        def make(stop: Stop) -> Samples:
            if self.kokoro is None:
                raise SynthesisError("the voice model is missing: run script/voice")
            sound = self.kokoro.render(clause, style, stop)
            self.pieces.put(self.key(clause, style), sound, on_disk=clause.text in self.own)
            return sound

        return self.queue.submit(make)


class Reading:
    """One text; `close` when nobody listens any more."""

    def __init__(self, sources: Sources, style: Style, patience: float) -> None:
        self._sources = sources
        self._style = style
        self._patience = patience
        self._began = sources.clock()
        self._told = 0.0
        """Seconds of sound given out: before they are heard there is no hurry."""
        self._tickets: dict[int, Ticket] = {}
        self._gave_up = not sources.works()

    def pieces(self, clauses: Sequence[Clause]) -> Iterator[Samples]:
        """Each clause with the pause after it, at 24 kHz. Raises SynthesisError."""
        self._order_next(clauses, 0)
        for place, clause in enumerate(clauses):
            sound = self._piece(place, clause)
            if place == 0:
                self._sources.metrics.first.observe(self._sources.clock() - self._began)
            self._order_next(clauses, place + 1)
            pause = clause.pause * self._style.pauses if place + 1 < len(clauses) else 0.0
            piece = np.concatenate([sound, silence(pause, RATE)])
            self._told += len(piece) / RATE
            yield piece

    def close(self) -> None:
        """Leaves the queue."""
        for ticket in self._tickets.values():
            ticket.cancel()
        self._tickets.clear()

    def _order_next(self, clauses: Sequence[Clause], start: int) -> None:
        """One clause ahead, the next that isn't rendered: so nobody takes two places at a time."""
        if self._gave_up or self._tickets:
            return
        for place in range(start, len(clauses)):
            if not self._sources.is_ready(clauses[place], self._style):
                self._tickets[place] = self._sources.order(clauses[place], self._style)
                return

    def _piece(self, place: int, clause: Clause) -> Samples:
        if place not in self._tickets:
            found = self._sources.pieces.get(self._sources.key(clause, self._style))
            if found is not None:
                self._sources.metrics.pieces.labels("rendered").inc()
                return found
            if not self._gave_up:  # its file was damaged
                self._tickets[place] = self._sources.order(clause, self._style)
        if not self._gave_up:
            sound = self._from_kokoro(self._tickets[place])
            if sound is not None:
                del self._tickets[place]
                return sound
        return self._from_espeak(clause, self._tickets.pop(place, None))

    def _from_kokoro(self, ticket: Ticket) -> Samples | None:
        """None when it fails or isn't ready when silence would begin to worry the caller."""
        until = self._began + self._told + self._patience
        try:
            sound = ticket.result(max(0.0, until - self._sources.clock()))
        except TimeoutError:
            _log.warning("synthesis was too slow, the fallback voice goes on")
        except Exception:  # whatever broke, somebody on the telephone waits for a voice
            self._sources.rests_until = self._sources.clock() + _REST
            _log.exception("synthesis failed, the fallback voice goes on")
        else:
            self._sources.metrics.pieces.labels("kokoro").inc()
            return sound
        self._gave_up = True
        return None

    def _from_espeak(self, clause: Clause, late: Ticket | None) -> Samples:
        try:
            sound = self._sources.espeak.render(clause, self._style)
        except SynthesisError:
            _log.exception("the fallback voice failed")
            late = late or self._sources.order(clause, self._style)
            try:
                return late.result(_LAST_CHANCE)
            except TimeoutError as error:
                raise SynthesisError("neither voice could speak") from error
        finally:
            if late is not None:
                late.cancel()
        self._sources.metrics.pieces.labels("espeak").inc()
        return sound
