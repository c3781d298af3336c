"""Threads that do what waits, one piece after the other, and rest while nothing does."""

import secrets
import threading
from collections.abc import Callable

import structlog

_AFTER_FAILURE = 1.0
"""Seconds: a database that is away comes back by itself."""

log = structlog.get_logger(__name__)


class Threads:
    """Part of a process; several processes may share the work."""

    def __init__(
        self, name: str, count: int, one: Callable[[str], bool], *, idle: float = 1.0
    ) -> None:
        """`one` does one piece, if there is one, and says whether there was. It is told an owner
        for a lease on it: no other thread has that name, nor one of any other process. `idle`:
        seconds until a thread that found nothing looks again unasked, for what another process
        left and for what is due only now.
        """
        self._name, self._one, self._idle = name, one, idle
        self._stopped, self._woken = threading.Event(), threading.Event()
        owner = secrets.token_hex(8)
        self._threads = [
            threading.Thread(
                target=self._run, args=(f"{owner}-{each}",), name=f"{name}-{each}", daemon=True
            )
            for each in range(count)
        ]

    def start(self) -> None:
        """Returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Waits for what is being done."""
        self._stopped.set()
        self._woken.set()
        for thread in self._threads:
            thread.join()

    def wake(self) -> None:
        """There may be something to do. From any thread."""
        self._woken.set()

    def _run(self, owner: str) -> None:
        while not self._stopped.is_set():
            try:
                self._woken.clear()  # before the look: what comes during it wakes again
                if not self._one(owner) and not self._stopped.is_set():
                    self._woken.wait(self._idle)
            except Exception as error:  # whatever it is: the lease lets another try come
                log.warning("work was left undone", of=self._name, error=type(error).__name__)
                self._stopped.wait(_AFTER_FAILURE)
