"""Tells everybody in this process who follows changes; one look at the database serves all."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from care.changes.reader import Reader, Subject
from care.storage.engine import Sessions

EVERY = 0.2
"""Seconds between two looks, so that a page shows within half a second what another process did."""
_AFTER_FAILURE = 2.0
_MOST = 200
"""Subjects that one follower keeps; behind by more, it looks at everything."""

Wants = Callable[[str, str], bool]
"""Says of a topic and a key whether a follower cares."""

log = structlog.get_logger(__name__)


class Follower:
    """One page's view of what it has not caught up with. For the event loop's thread alone.

    However slow the page, what is kept for it stays small: the same subject counts once.
    """

    def __init__(self, wants: Wants) -> None:
        self._wants = wants
        self._due: set[Subject] = set()
        self._everything = False
        self._woken = asyncio.Event()

    async def next(self, timeout: float) -> frozenset[Subject] | None:
        """Waits up to `timeout` seconds; what changed since the last call (nothing after a
        timeout), or None when everything may have."""
        try:
            async with asyncio.timeout(timeout):
                await self._woken.wait()
        except TimeoutError:
            return frozenset()
        due = None if self._everything else frozenset(self._due)
        self._due.clear()
        self._everything = False
        self._woken.clear()
        return due

    def tell(self, changed: frozenset[Subject] | None) -> None:
        """Adds what changed; None means everything may have."""
        if changed is None:
            self._everything = True
        else:
            self._due.update(subject for subject in changed if self._wants(*subject))
            self._everything = self._everything or len(self._due) > _MOST
        if self._everything:
            self._due.clear()
        if self._everything or self._due:
            self._woken.set()


class Hub:
    """Looks at the changes while somebody follows them. For one event loop."""

    def __init__(self, sessions: Sessions, every: float = EVERY) -> None:
        self._reader = Reader(sessions)
        self._every = every
        self._followers: set[Follower] = set()
        self._followed = asyncio.Event()

    @property
    def newest(self) -> int:
        """The highest number of a change that followers have been told of."""
        return self._reader.last

    @property
    def followers(self) -> int:
        """How many follow now."""
        return len(self._followers)

    @contextmanager
    def follow(self, wants: Wants) -> Iterator[Follower]:
        """A follower, told of all that changes from now on. Follow first, then look: nothing
        is missed."""
        follower = Follower(wants)
        self._followers.add(follower)
        self._followed.set()
        try:
            yield follower
        finally:
            self._followers.discard(follower)

    async def run(self) -> None:
        """Looks until cancelled. While the database is away it tries on, and then tells everybody
        to look at everything."""
        failed = False
        while True:
            if not self._followers:
                self._followed.clear()
                await self._followed.wait()
            try:
                now = asyncio.get_running_loop().time()
                changed = await asyncio.to_thread(self._reader.read, now)
            except Exception as error:  # whatever it is: pages must not stop following for good
                log.warning("changes can't be read", error=type(error).__name__)
                failed = True
                await asyncio.sleep(_AFTER_FAILURE)
                continue
            for follower in self._followers:
                follower.tell(None if failed else changed)
            failed = False
            await asyncio.sleep(self._every)
