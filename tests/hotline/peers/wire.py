"""The network between two processes, which a test can cut."""

import socket
import threading
from contextlib import suppress


class Wire:
    """Leads to one server of the loopback, under an address of its own."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._to = 0
        self._open: list[socket.socket] = []

    def lead(self, address: str) -> None:
        """From now on it goes there."""
        self._to = int(address.rpartition(":")[2])
        threading.Thread(target=self._accept, daemon=True).start()

    def blink(self) -> None:
        """What is connected is cut off, without a word."""
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def cut(self) -> None:
        """Nobody is there any more."""
        with suppress(OSError):  # once is enough
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.blink()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                return
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=_pump, args=(one, other), daemon=True).start()


def _pump(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while octets := one.recv(65_536):
            other.sendall(octets)
    for each in (one, other):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
