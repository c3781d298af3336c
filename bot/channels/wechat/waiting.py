"""Requests of the platform that are held open until their message is answered."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Waiting:
    """Who waits for which message in this process. For event loops and threads alike."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: dict[int, list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, number: int) -> Iterator[asyncio.Event | None]:
        """Set once the message is answered here; None when too many wait already."""
        place = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            room = sum(map(len, self._places.values())) < self._most
            if room:
                self._places.setdefault(number, []).append(place)
        try:
            yield place[1] if room else None
        finally:
            if room:
                with self._lock:
                    self._places[number].remove(place)
                    if not self._places[number]:
                        del self._places[number]

    def done(self, number: int) -> None:
        """The message is answered. From any thread."""
        with self._lock:
            for loop, event in self._places.get(number, ()):
                loop.call_soon_threadsafe(event.set)
