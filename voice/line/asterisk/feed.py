"""What to send to Asterisk, and when: it plays at the pace of a telephone, we stay a little ahead.

Asterisk keeps what it is sent and plays a frame every 20 ms. Being ahead covers the moments at
which this process is busy; silence is sent where nothing is said, so that the caller's carrier
never sees the sound stop.
"""

from dataclasses import dataclass

import numpy as np

from voice.line.leg import Pcm16
from voice.line.outbox import Outbox

AHEAD = 0.3
"""Seconds of speech that Asterisk has more than it plays; under 20, its longest queue."""

SILENT = 0.16
"""The same for silence."""

_REST = 0.08
"""Seconds that are left to play when less than a frame of speech doesn't wait for more of it."""

FRAME = 0.02
"""Seconds; Asterisk throws away what doesn't fill one."""


@dataclass(frozen=True)
class Flush:
    """Asterisk forgets what it hasn't played."""


class Feed:
    """One call's; `now` is the time of any monotonic clock, in seconds."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._frame = round(rate * FRAME)
        self._outbox = Outbox()
        self._played = 0.0
        """When Asterisk will have played all that it was sent."""
        self._spoken = 0.0
        """When it will have played the last speech in it."""
        self._flush = False

    def put(self, samples: Pcm16) -> None:
        """Appends to what is said."""
        self._outbox.put(samples)

    def queued(self, now: float) -> float:
        """Seconds of speech that aren't played yet."""
        return len(self._outbox) / self._rate + max(0.0, self._spoken - now)

    def flush(self, now: float) -> float:
        """Stops; gives the seconds of speech that won't be heard."""
        lost = self.queued(now)
        self._outbox.clear()
        self._empty(now)
        return lost

    def due(self, now: float) -> list[Flush | Pcm16]:
        """What has to be sent now; whole frames only."""
        if len(self._outbox) and self._spoken <= now < self._played:
            self._empty(now)  # speech doesn't wait for the end of silence
        sent: list[Flush | Pcm16] = [Flush()] if self._flush else []
        self._flush = False
        speech = self._speech(now)
        if len(speech):
            sent.append(speech)
            self._spoken = self._count(speech, now)
        silence = self._silence(now)
        if len(silence):
            sent.append(silence)
            self._count(silence, now)
        return sent

    def _speech(self, now: float) -> Pcm16:
        ahead = max(0.0, self._played - now)
        frames = int(max(0.0, AHEAD - ahead) / FRAME + 0.5)
        samples = self._outbox.take(min(frames, len(self._outbox) // self._frame) * self._frame)
        if len(samples) or not len(self._outbox) or ahead > _REST:
            return samples
        rest = self._outbox.take(self._frame)  # the end of a sentence: less than a frame
        return np.pad(rest, (0, self._frame - len(rest)))

    def _silence(self, now: float) -> Pcm16:
        ahead = max(0.0, self._played - now)
        if len(self._outbox) or ahead > SILENT / 2:
            return np.empty(0, dtype=np.int16)
        frames = int((SILENT - ahead) / FRAME + 0.5)
        return np.zeros(frames * self._frame, dtype=np.int16)

    def _count(self, samples: Pcm16, now: float) -> float:
        self._played = max(now, self._played) + len(samples) / self._rate
        return self._played

    def _empty(self, now: float) -> None:
        self._flush = self._flush or self._played > now
        self._played = self._spoken = now
