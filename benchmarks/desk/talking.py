"""What happens at a full hotline: everybody talks on, and some ask for a person."""

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from benchmarks.desk.hotlines import House
from care.clock import system_clock
from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.handovers import service as handovers

TURN = 12.0
"""Seconds from one utterance of an elder to their next; an answer follows each."""
ASKS = 2.0
"""Seconds from one who asks for a person to the next."""
_SERVED = 6.0
"""Seconds until they are through, so that the queue doesn't grow without end."""


@dataclass
class Happened:
    """When each change was committed, by what a page shows of it; seconds of time.monotonic()."""

    said: dict[int, tuple[int, float]] = field(default_factory=dict)
    """By the utterance's number: its conversation, and when."""
    asked: dict[int, float] = field(default_factory=dict)
    """By the handover's number."""


class Talking(threading.Thread):
    """Writes as other processes would, until it is stopped.

    Whoever is late leaves out what they missed: catching up in one breath would never let go of
    the database, as many callers with a thread each do.
    """

    def __init__(self, house: House) -> None:
        super().__init__(name="talking", daemon=True)
        self._house = house
        self._stopped = threading.Event()
        self._committed = 0.0
        self.happened = Happened()
        self.left_out = 0
        """Turns that didn't come about, since the database was too slow for them."""

    def stop(self) -> Happened:
        """Ends it."""
        self._stopped.set()
        self.join()
        return self.happened

    def run(self) -> None:
        """The thread."""
        started = time.monotonic()
        pause = TURN / len(self._house.talks)
        asking = itertools.cycle(reversed(self._house.talks))
        open_since: list[tuple[float, int]] = []
        asks = started
        for turn, talk in enumerate(itertools.cycle(self._house.talks)):
            due = started + turn * pause
            if self._stopped.wait(max(0.0, due - time.monotonic())):
                return
            if time.monotonic() - due > pause:
                self.left_out += 1
                continue
            self._say(talk, "elder", "我想问问明天中午的饭什么时候送到")
            self._say(talk, "assistant", "明天的午饭十一点半左右送到，请您在家等一等。")
            if time.monotonic() >= asks:
                asks += ASKS
                open_since.append((time.monotonic(), self._ask(next(asking))))
            if open_since and time.monotonic() - open_since[0][0] > _SERVED:
                self._end(open_since.pop(0)[1])

    def _say(self, talk: int, speaker: str, text: str) -> None:
        now = system_clock()
        with self._writing() as session:
            row = session.get_one(Conversation, talk)
            row.last_at = now
            said = conversations.record(
                session, conversation=row, speaker=speaker, text=text, now=now
            )
        self.happened.said[said.id] = (talk, self._committed)

    def _ask(self, talk: int) -> int:
        with self._writing() as session:
            found = handovers.request(
                session, conversation_id=talk, reason="asked", now=system_clock()
            ).id
        self.happened.asked[found] = self._committed
        return found

    def _end(self, handover: int) -> None:
        with self._writing() as session:
            handovers.close(session, handover, by="bench", now=system_clock())

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """A transaction, and as long a pause: other processes get their turn at the database, as
        they would between two callers."""
        began = time.monotonic()
        with self._house.sessions.begin() as session:
            yield session
        self._committed = time.monotonic()
        self._stopped.wait(self._committed - began)
