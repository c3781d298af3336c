"""An operator's headset that talks and listens all the time, as a browser's does."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import numpy as np
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from tests.console.desk.floor.headset import plugged
from tests.console.desk.visitor import Visitor
from voice.line.leg import Pcm16

_FRAME = 320
"""Samples of 20 ms at 16 kHz."""


class Headset:
    """One socket's."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._octets = bytearray()
        self._mouth = np.zeros(0, np.int16)
        self.over = threading.Event()
        self.code: int | None = None
        """With which it ended, if the desk ended it."""
        for work in (self._talk, self._listen):
            threading.Thread(target=work, daemon=True).start()

    def say(self, samples: Pcm16) -> None:
        """At 16 kHz; after it silence."""
        self._mouth = samples

    def heard(self) -> Pcm16:
        """All of it, at 16 kHz."""
        octets = bytes(self._octets)
        return np.frombuffer(octets[: len(octets) // 2 * 2], "<i2").astype(np.int16)

    def _talk(self) -> None:
        with suppress(ConnectionClosed):
            due = time.monotonic()
            while not self.over.is_set():
                frame, self._mouth = self._mouth[:_FRAME], self._mouth[_FRAME:]
                padded = np.pad(frame, (0, _FRAME - len(frame)))
                self._socket.send(padded.astype("<i2").tobytes())
                due += 0.02
                time.sleep(max(0.0, due - time.monotonic()))

    def _listen(self) -> None:
        try:
            while True:
                self._octets.extend(self._socket.recv())
        except ConnectionClosed as error:
            self.code = error.rcvd.code if error.rcvd else None
        self.over.set()


@contextmanager
def talking(visitor: Visitor, path: str) -> Iterator[Headset]:
    """Plugged in until the block ends."""
    with plugged(visitor, path) as socket:
        yield Headset(socket)
