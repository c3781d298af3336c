"""One life of a process that takes alarms: it says what it accepted, until it is killed."""

import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from care.alarms import service as alarms
from care.alarms.keeper import Keeper
from care.alarms.ladder import Ladder
from care.alarms.life import AlarmStateError
from care.alarms.model import Alarm
from care.alarms.service import Report
from care.alarms.state import CLOSED
from care.alarms.words import Words
from care.clock import system_clock
from care.conversations import service as conversations
from care.notices.port import Notice, Receipt
from care.storage.engine import Sessions, open_engine, open_sessions

EVERY = 0.05
"""Seconds between two ticks of the ladder."""
HURRY = 500.0
"""A drill's ladder is so many times quicker: 30 s become 60 ms."""
BREATH = 0.04
"""Seconds between two alarms of one source, at most."""
HANDLED = 0.3
"""Share of alarms that an operator takes a step with."""


@dataclass(frozen=True)
class Life:
    """What a process is told at its start."""

    database_url: str
    number: int
    seed: int
    shift: float = 0.0
    """Seconds by which the wall's clock is wrong in this life."""
    again: tuple[str, ...] = ()
    """References that a device has sent, and got no answer to: it sends them again."""
    quiet: bool = False
    """No alarms come in; only the ladder runs."""


def hurried(ladder: Ladder) -> Ladder:
    """The same rungs, `HURRY` times quicker."""
    rungs = tuple(rung.model_copy(update={"after": rung.after / HURRY}) for rung in ladder.rungs)
    return ladder.model_copy(update={"rungs": rungs})


def live(life: Life, ladder: Ladder, words: Words, out: int) -> None:
    """Until it is killed. Writes a line to the file `out` after each thing that is on disk."""

    def tell(*words_: str) -> None:
        os.write(out, (" ".join(words_) + "\n").encode())  # whole: shorter than PIPE_BUF

    def clock() -> datetime:
        return system_clock() + timedelta(seconds=life.shift)

    sessions = open_sessions(open_engine(life.database_url))
    keeper = Keeper(sessions, hurried(ladder), words, _Pipe(tell), clock=clock, every=EVERY)
    keeper.start()
    if not life.quiet:
        for source in (_speech, _device, _operator):
            work = _Source(life, sessions, clock, tell, random.Random(f"{life.seed} {source}"))  # noqa: S311
            threading.Thread(target=source, args=(work,), daemon=True).start()
    tell("ready")
    time.sleep(3600)


@dataclass(frozen=True)
class _Source:
    life: Life
    sessions: Sessions
    clock: Callable[[], datetime]
    tell: Callable[..., None]
    random: random.Random

    def raise_(self, stream: str, report: Report) -> Alarm:
        alarm = alarms.raise_(self.sessions, report, self.clock())
        self.tell("accepted", alarm.ref, stream)
        time.sleep(self.random.uniform(0, BREATH))
        return alarm


@dataclass(frozen=True)
class _Pipe:
    """A Notifier that everybody can be reached through."""

    tell: Callable[..., None]

    def send(self, notice: Notice) -> Receipt:
        """As care.notices.port.Notifier."""
        self.tell("told", notice.key)
        return Receipt(reached=1, missed=0)


def _speech(work: _Source) -> None:
    """As the assistant does: a conversation, an alarm, what is said after it."""
    while True:
        sender = f"drill-{work.life.number}-{work.random.random()}"
        with work.sessions.begin() as session:
            row = conversations.open_conversation(
                session, sender_id=sender, channel="phone", now=work.clock()
            )
            session.flush()
            conversation = row.id
        severity = work.random.choice((1, 2, 2))
        alarm = work.raise_("speech", Report("fall", severity, "我摔倒了", conversation))
        with work.sessions.begin() as session:
            alarms.add_said(
                session,
                session.merge(alarm),
                said="在家里",
                facts={"place": "家里"},
                follow_up={},
                now=work.clock(),
            )


def _device(work: _Source) -> None:
    """As a pendant does: with a reference, which it sends again when no answer came."""
    number = 0
    known = list(work.life.again)
    while True:
        if known:
            reference = known.pop()
        else:
            reference, number = f"{work.life.number}-{number}", number + 1
            work.tell("sent", reference)
        report = Report("pendant", 1, "", source="device", reference=reference, by="device")
        first = work.raise_("device", report)
        if work.random.random() < HANDLED:
            again = alarms.raise_(work.sessions, report, work.clock())
            if again.ref != first.ref:
                work.tell("double", again.ref)
        work.tell("answered", reference)


def _operator(work: _Source) -> None:
    """Works some of the open alarms, one step at a time."""
    steps: list[Callable[..., Alarm]] = [alarms.acknowledge, alarms.arrive, alarms.dispatch]
    while True:
        with work.sessions() as session:
            query = select(Alarm.ref).where(Alarm.state != CLOSED).order_by(Alarm.id.desc())
            refs = list(session.scalars(query.limit(10)))
        for ref in refs:
            if work.random.random() > HANDLED:
                continue
            step = work.random.choice(steps)
            more = {"responder": "演练"} if step is alarms.dispatch else {}
            try:
                with work.sessions.begin() as session:
                    alarm = step(session, ref, by="演练", now=work.clock(), how="drill", **more)
            except AlarmStateError:
                continue
            work.tell("step", ref, alarm.state)
        time.sleep(EVERY)
