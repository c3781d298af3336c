"""A request to stop what is under way, made from another thread."""

import threading
from collections.abc import Callable


class Stop:
    """Asked once; whoever works registers what ends the work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: list[Callable[[], None]] = []
        self._asked = False

    @property
    def asked(self) -> bool:
        """Whether somebody asked."""
        return self._asked

    def then(self, end: Callable[[], None]) -> None:
        """Calls `end` when somebody asks, at once if somebody has."""
        with self._lock:
            if not self._asked:
                self._ends.append(end)
                return
        end()

    def ask(self) -> None:
        """Ends the work; asking again changes nothing."""
        with self._lock:
            ends, self._ends, self._asked = self._ends, [], True
        for end in ends:
            end()
