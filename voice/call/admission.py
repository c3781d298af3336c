"""How many calls talk at once, and who is next. Pure: it is told who comes and goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from voice.call.events import Admitted, Queued, TurnedAway

News = tuple[str, Admitted | Queued | TurnedAway]
"""Which call is told what."""


@dataclass
class Admission:
    """One for the whole line; calls are known by their id."""

    limit: int
    """Calls that talk at once."""
    longest_queue: int
    """Calls that wait; beyond that callers are asked to try again."""
    _talking: set[str] = field(default_factory=set)
    _waiting: list[str] = field(default_factory=list)
    _turned_away: set[str] = field(default_factory=set)
    """Those who hear just now that they are."""

    def __post_init__(self) -> None:
        if self.limit < 1 or self.longest_queue < 0:
            raise ValueError(
                f"{self.limit} calls and a queue of {self.longest_queue}: expected at least one"
                " call, and a queue of none or more"
            )

    @property
    def talking(self) -> int:
        """Calls that have a line; more than the limit when an emergency got through."""
        return len(self._talking)

    @property
    def waiting(self) -> int:
        """Calls in the queue."""
        return len(self._waiting)

    def arrive(self, call: str) -> list[News]:
        """A new call."""
        if len(self._talking) < self.limit and not self._waiting:
            self._talking.add(call)
            return [(call, Admitted())]
        if len(self._waiting) >= self.longest_queue:
            self._turned_away.add(call)
            return [(call, TurnedAway())]
        self._waiting.append(call)
        return [(call, Queued(len(self._waiting)))]

    def get_through(self, call: str) -> list[News]:
        """An emergency, or somebody who wants a person: never waits, and is never turned away."""
        if call in self._turned_away:
            self._turned_away.remove(call)
            self._talking.add(call)
            return [(call, Admitted())]
        if call not in self._waiting:
            return []
        place = self._waiting.index(call)
        self._waiting.remove(call)
        self._talking.add(call)
        return [(call, Admitted()), *self._moved(place)]

    def leave(self, call: str) -> list[News]:
        """The call is over, wherever it was."""
        self._talking.discard(call)
        self._turned_away.discard(call)
        news: list[News] = []
        if call in self._waiting:
            place = self._waiting.index(call)
            self._waiting.remove(call)
            news += self._moved(place)
        while self._waiting and len(self._talking) < self.limit:
            first = self._waiting.pop(0)
            self._talking.add(first)
            news += [(first, Admitted()), *self._moved(0)]
        return news

    def _moved(self, place: int) -> Iterator[News]:
        for position, call in enumerate(self._waiting[place:], place + 1):
            yield call, Queued(position)
