"""Kills a process that takes alarms, again and again, and looks for what it had accepted."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from select import select as select_ready

from sqlalchemy import func, select

from care.alarms.chain import Mark, verify
from care.alarms.ladder import Ladder
from care.alarms.model import Alarm, AlarmEvent, AlarmLadder, AlarmOutgoing
from care.alarms.state import STATES
from care.alarms.words import Words
from care.storage.engine import Sessions, open_engine, open_sessions
from care.storage.migrate import upgrade
from drills.doors import Doors, Porter
from drills.life import EVERY, Life, live
from drills.senders import Crowd, Sender, open_senders
from evaluation.guard import die_with_parent
from evaluation.system import free_port

LONGEST = 0.2
"""Seconds that a life goes on at most; the moment of its end is random."""
BEGUN = 0.7
"""Share of lives in which alarms come in before that; the others may die as they start."""
MOST = 12
"""Alarms that are accepted before that, at most."""
SHIFTS = (0.0, 0.0, -3600.0, 600.0, -80_000.0)
"""By how much the wall's clock may be wrong in a life, in seconds. A reference of a device is the
same alarm for a day."""
PATIENCE = 120.0
"""Seconds for the ladders to come to their ends when the killing is over."""


@dataclass
class Found:
    """What a drill has seen; `problems` is empty when nothing fell through."""

    kills: int = 0
    accepted: int = 0
    by_source: dict[str, int] = field(default_factory=dict)
    """Of these, through each door."""
    steps: int = 0
    told: int = 0
    told_twice: int = 0
    """Notices that were sent again under their key, because the process died over the first."""
    events: int = 0
    climbed: int = 0
    """Rungs."""
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass
class _Heard:
    """What the dead have said."""

    steps: dict[str, str] = field(default_factory=dict)
    """The last state of an alarm that an operator was told."""
    told: Counter[str] = field(default_factory=Counter)


def drill(
    database_url: str,
    folder: Path,
    kills: int,
    seed: int,
    rounds: Callable[[range], Iterable[int]] = iter,
) -> Found:
    """Runs on an empty database. The process is forked, not started: a thousand take minutes.

    `folder` takes the key of the devices; `rounds` goes through the numbers of the kills, and may
    show how far it is.
    """
    ladder, words, porter, found, heard = Ladder.load(), Words.load(), Porter(), Found(), _Heard()
    chance, mark = random.Random(seed), None  # noqa: S311
    doors = Doors(free_port(), free_port(), folder / "devices.key")
    with _database(database_url) as sessions:
        upgrade(sessions.kw["bind"])
        senders = open_senders(sessions, doors, porter.kinds)
    again: dict[str, set[str]] = {sender.name: set() for sender in senders}
    started = time.monotonic()
    for number in rounds(range(kills)):
        shift = chance.choice(SHIFTS)
        life = Life(database_url, number, chance.randrange(2**32), shift, doors)
        child, reader = _fork(life, ladder, words, porter)
        crowd = None
        if chance.random() < BEGUN and _await_ready(reader):
            crowd = Crowd(senders, again, number, shift)
            crowd.await_accepted(chance.randrange(MOST + 1), PATIENCE)
        time.sleep(chance.uniform(0, LONGEST))
        _end(child)
        if crowd:
            crowd.stop()
        _hear(_read(reader), heard, found)
        found.kills += 1
        with _database(database_url) as sessions:
            if crowd:
                _look_for(sessions, senders, crowd, found)
                _keep_unanswered(senders, crowd, again)
            mark = _look(sessions, heard, mark, found)
    last = Life(database_url, kills, seed)
    with _running(last, ladder, words, porter) as said:
        with _database(database_url) as sessions:
            _await_rest(sessions, found)
        time.sleep(0.1)  # what is in the pipe
    _hear(said(), heard, found)
    with _database(database_url) as sessions:
        _look_for_doubles(sessions, found)
        _look_at_ladders(sessions, ladder, heard, found)
        found.events = verify(sessions).events
    found.seconds = time.monotonic() - started
    return found


@contextmanager
def _database(url: str) -> Iterator[Sessions]:
    """Open for a look only: a process is forked best while no connection is."""
    engine = open_engine(url)
    yield open_sessions(engine)
    engine.dispose()


def _fork(life: Life, ladder: Ladder, words: Words, porter: Porter) -> tuple[int, int]:
    """→ the child's id, and the end of the pipe that it speaks into."""
    reader, writer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        die_with_parent(parent)
        os.close(reader)
        try:
            live(life, ladder, words, porter, writer)
        finally:
            os._exit(1)
    os.close(writer)
    return child, reader


def _await_ready(reader: int) -> bool:
    """Its first word is that alarms can come in."""
    return bool(select_ready([reader], [], [], PATIENCE)[0])


def _end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@contextmanager
def _running(
    life: Life, ladder: Ladder, words: Words, porter: Porter
) -> Iterator[Callable[[], list[str]]]:
    """A life for as long as the block; then what it said can be asked for."""
    child, reader = _fork(life, ladder, words, porter)
    said: list[str] = []
    listener = threading.Thread(target=lambda: said.extend(_read(reader)))
    listener.start()
    try:
        yield lambda: said
    finally:
        _end(child)
        listener.join()


def _read(reader: int) -> list[str]:
    with open(reader, encoding="utf-8") as pipe:
        return pipe.read().splitlines()


def _hear(lines: list[str], heard: _Heard, found: Found) -> None:
    for line in lines:
        match line.split(" "):
            case ["step", ref, state]:
                heard.steps[ref] = state
                found.steps += 1
            case ["told", key]:
                heard.told[key] += 1
            case ["ready"]:
                pass
            case _:
                found.problems.append(f"a process said: {line}")


def _look_for(sessions: Sessions, senders: Iterable[Sender], crowd: Crowd, found: Found) -> None:
    """After a kill: everything accepted is there, in order, and its ladder with it."""
    with sessions() as session:
        for sender in senders:
            references = crowd.sent[sender.name].accepted
            kept = sender.kept(references).join(AlarmLadder, AlarmLadder.alarm_id == Alarm.id)
            there = {row[0]: row[1] for row in session.execute(kept)}
            missing = [each for each in references if each not in there]
            found.problems += [f"accepted by {sender.name}, and lost: {each}" for each in missing]
            # What is sent again may have been kept before all the others, at its first time.
            new = [each for each in references if each not in crowd.again]
            ids = [there[each] for each in new if each in there]
            if ids != sorted(ids):
                found.problems.append(f"not in the order in which they were accepted: {references}")
            found.accepted += len(references)
            found.by_source[sender.name] = found.by_source.get(sender.name, 0) + len(references)


def _keep_unanswered(senders: Iterable[Sender], crowd: Crowd, again: dict[str, set[str]]) -> None:
    """A device sends what wasn't answered once more, in its next life."""
    for sender in senders:
        sent = crowd.sent[sender.name]
        if sender.repeats:
            again[sender.name] = (again[sender.name] | sent.unanswered) - set(sent.accepted)


def _look_for_doubles(sessions: Sessions, found: Found) -> None:
    """What came twice is one alarm."""
    key = (Alarm.source, Alarm.reference)
    with sessions() as session:
        twice = select(*key).where(Alarm.reference.is_not(None)).group_by(*key)
        for source, reference in session.execute(twice.having(func.count() > 1)):
            found.problems.append(f"came twice and became two alarms: {source} {reference}")
        rounds = select(*key).where(Alarm.reference.is_not(None), ~Alarm.reference.endswith("#1"))
        for source, reference in session.execute(rounds):
            found.problems.append(f"came again and was taken for another: {source} {reference}")


def _look(sessions: Sessions, heard: _Heard, mark: Mark | None, found: Found) -> Mark | None:
    """After a kill: what operators did is there, and the chain goes on."""
    with sessions() as session:
        for ref, state in heard.steps.items():
            now = session.scalar(select(Alarm.state).where(Alarm.ref == ref))
            if now is None or STATES.index(now) < STATES.index(state):
                found.problems.append(f"an operator was told {state}, it is {now}: {ref}")
        heard.steps.clear()
    checked = verify(sessions, mark)
    if checked.broken:
        found.problems.append(f"the chain is broken: {checked.broken}")
    return checked.end


def _await_rest(sessions: Sessions, found: Found) -> None:
    """The restarted process brings every ladder to its end."""
    give_up = time.monotonic() + PATIENCE
    while True:
        with sessions() as session:
            ladders = session.scalar(select(func.count()).where(~AlarmLadder.rests))
            notices = session.scalar(select(func.count()).where(AlarmOutgoing.done_at.is_(None)))
        if not ladders and not notices:
            return
        if time.monotonic() > give_up:
            found.problems.append(f"{ladders} ladders and {notices} notices got stuck")
            return
        time.sleep(EVERY * 5)


def _look_at_ladders(sessions: Sessions, ladder: Ladder, heard: _Heard, found: Found) -> None:
    """At the end: each alarm climbed what its state asks for, once and in order, and was told."""
    with sessions() as session:
        courses: dict[int, list[AlarmEvent]] = {}
        for event in session.scalars(select(AlarmEvent).order_by(AlarmEvent.id)):
            courses.setdefault(event.alarm_id, []).append(event)
        for alarm in session.scalars(select(Alarm)):
            climbed = [each.note for each in courses[alarm.id] if each.kind == "escalated"]
            due = [rung.id for rung in ladder.rungs_of(alarm.severity, alarm.state)]
            often = Counter(each.kind for each in courses[alarm.id])
            once = all(
                count <= often[rung.state]
                for name, count in Counter(climbed).items()
                if (rung := ladder.rung(name))
            )
            if climbed[len(climbed) - len(due) :] != due or not once:
                found.problems.append(f"{alarm.ref} is {alarm.state} and climbed {climbed}")
            found.climbed += len(climbed)
        query = select(AlarmOutgoing.key, AlarmOutgoing.rung, Alarm.state)
        rows = session.execute(query.join(Alarm, Alarm.id == AlarmOutgoing.alarm_id)).all()
    # A notice may rightly stay untold: an operator was quicker.
    due_keys = {key for key, name, now in rows if (r := ladder.rung(name)) and r.state == now}
    found.problems += [f"climbed, but not told: {key}" for key in due_keys - heard.told.keys()]
    found.told = len(heard.told)
    found.told_twice = sum(count > 1 for count in heard.told.values())
