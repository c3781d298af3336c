"""The database is locked, or its disk full, while alarms come in: nothing is lost, or half done."""

import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from care.alarms import service as alarms
from care.alarms.chain import verify
from care.alarms.keeper import Keeper
from care.alarms.ladder import Ladder
from care.alarms.service import Report
from care.alarms.words import Words
from care.clock import system_clock
from care.notices.port import Notice, Receipt
from care.storage.engine import Sessions, open_engine
from drills.life import hurried

_SAID = "我摔倒了" * 500
"""Long, so that a disk is full soon."""
_MOST = 5000
"""Alarms after which a disk that is still not full is none that was meant to be."""


@dataclass
class Trouble:
    """What was seen; `problems` is empty when nothing fell through."""

    accepted: int = 0
    refused: int = 0
    error: str = ""
    """What the database said when it refused, without the statement."""
    longest: float = 0.0
    """Seconds until an alarm was accepted."""
    told: int = 0
    """Notices that the ladder sent in spite of it."""
    problems: list[str] = field(default_factory=list)


def locked(sessions: Sessions, seconds: float, most: int = 8) -> Trouble:
    """Somebody holds the whole database for so long; alarms wait, and then they are there."""
    trouble, refs = Trouble(), []
    start = threading.Barrier(most + 1)

    def send() -> None:
        start.wait()
        began = time.monotonic()
        refs.append(alarms.raise_(sessions, Report("fall", 2, "摔了"), system_clock()).ref)
        trouble.longest = max(trouble.longest, time.monotonic() - began)

    senders = [threading.Thread(target=send) for _ in range(most)]
    with lock(sessions):
        for sender in senders:
            sender.start()
        start.wait()
        time.sleep(seconds)
        if refs:
            trouble.problems.append("accepted before it could be on disk")
    for sender in senders:
        sender.join()
    trouble.accepted = len(refs)
    if len(refs) != most:
        trouble.problems.append(f"{most - len(refs)} alarms were refused")
    _look(sessions, refs, trouble)
    return trouble


@contextmanager
def lock(sessions: Sessions) -> Iterator[None]:
    """Somebody else lets nobody write, as during a back-up or a migration."""
    other = open_engine(sessions.kw["bind"].url.render_as_string(hide_password=False))
    try:
        with other.begin() as connection:
            if other.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE alarms, alarm_events IN ACCESS EXCLUSIVE MODE"))
            else:
                connection.execute(text("SELECT 1"))  # our transactions begin with the write lock
            yield
    finally:
        other.dispose()


def full(sessions: Sessions, release: Callable[[], None]) -> Trouble:
    """Alarms come in until the disk is full, and again when `release` has made room."""
    trouble, refs, told = Trouble(), [], _Told()
    keeper = Keeper(
        sessions, hurried(Ladder.load()), Words.load(), told, run=lambda work: work(), every=0.02
    )
    while not trouble.refused:
        refs += _try(sessions, trouble)
        if len(refs) > _MOST:
            trouble.problems.append("the disk didn't get full")
            return trouble
    keeper.tick()  # must not break
    for _ in range(3):
        refs += _try(sessions, trouble)
    release()
    for _ in range(3):
        refs += _try(sessions, trouble)
    trouble.accepted = len(refs)
    if trouble.refused > 4:
        trouble.problems.append("still refused when there was room again")
    until = time.monotonic() + 1
    while len(told.keys) < len(refs) and time.monotonic() < until + len(refs) / 20:
        keeper.tick()
        time.sleep(0.02)
    trouble.told = len(told.keys)
    if trouble.told < len(refs):
        trouble.problems.append("the ladder didn't go on")
    _look(sessions, refs, trouble)
    return trouble


@contextmanager
def small_files(least: int) -> Iterator[Callable[[], None]]:
    """No file of this process grows past so many bytes, until what is given is called.

    RLIMIT_FSIZE: the write fails as it does on a full disk, and it needs no rights.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def release() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    resource.setrlimit(resource.RLIMIT_FSIZE, (least, before[1]))
    try:
        yield release
    finally:
        release()


@contextmanager
def ballast(folder: Path, size: int) -> Iterator[Callable[[], None]]:
    """A file that fills a small disk, until what is given is called."""
    path = folder / "ballast"
    path.write_bytes(bytes(size))
    yield path.unlink


@dataclass
class _Told:
    keys: set[str] = field(default_factory=set)

    def send(self, notice: Notice) -> Receipt:
        """As care.notices.port.Notifier."""
        self.keys.add(notice.key)
        return Receipt(reached=1, missed=0)


def _try(sessions: Sessions, trouble: Trouble) -> list[str]:
    try:
        return [alarms.raise_(sessions, Report("fall", 2, _SAID), system_clock()).ref]
    except DBAPIError as error:
        trouble.refused += 1
        trouble.error = str(error.orig)
        return []


def _look(sessions: Sessions, refs: list[str], trouble: Trouble) -> None:
    with sessions() as session:
        there = [alarm.ref for alarm in alarms.open_alarms(session)]
    if sorted(there) != sorted(refs):
        trouble.problems.append(f"{len(refs)} were accepted, {len(there)} are there")
    found = verify(sessions)
    if found.broken:
        trouble.problems.append(f"the chain is broken: {found.broken}")
