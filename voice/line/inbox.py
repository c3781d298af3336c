"""What happened on a leg and wasn't read yet."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from voice.line.leg import Gone, LegEvent, Sound

LONGEST = 2.0
"""Seconds of sound that wait for a slow reader."""


class Inbox:
    """Events in their order, for one reader; too old sound is lost, everything else waits."""

    def __init__(self) -> None:
        self._events: deque[LegEvent] = deque()
        self._samples = 0
        """Of the sound that waits."""
        self._changed = asyncio.Event()
        self._closed = False

    def put(self, event: LegEvent, rate: int = 8000) -> None:
        """Adds an event; nothing comes after Gone. `rate` (Hz) is that of a Sound."""
        if self._closed:
            return
        self._closed = isinstance(event, Gone)
        self._events.append(event)
        if isinstance(event, Sound):
            self._samples += len(event.samples)
            self._forget(int(rate * LONGEST))
        self._changed.set()

    def close(self) -> None:
        """Nothing more comes: the reader ends when it has read what waits."""
        self._closed = True
        self._changed.set()

    async def read(self) -> AsyncIterator[LegEvent]:
        """Each event once, as it comes; ends after Gone, or when it is closed."""
        while True:
            while self._events:
                event = self._events.popleft()
                if isinstance(event, Sound):
                    self._samples -= len(event.samples)
                yield event
            if self._closed:
                return
            self._changed.clear()
            await self._changed.wait()

    def _forget(self, most: int) -> None:
        """Loses the oldest sound until no more than `most` samples wait."""
        while self._samples > most:
            oldest = next(event for event in self._events if isinstance(event, Sound))
            self._events.remove(oldest)
            self._samples -= len(oldest.samples)
