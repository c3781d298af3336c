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
from care.alarms.state import CLOSED
from care.alarms.words import Words
from care.clock import system_clock
from care.notices.port import Notice, Receipt
from care.storage.engine import Sessions, open_engine, open_sessions
from drills.doors import Doors, Porter

EVERY = 0.05
"""Seconds between two ticks of the ladder."""
HURRY = 500.0
"""A drill's ladder is so many times quicker: 30 s become 60 ms."""
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
    doors: Doors | None = None
    """Where alarms come in; without, only the ladder runs."""


def hurried(ladder: Ladder) -> Ladder:
    """The same rungs, `HURRY` times quicker."""
    rungs = tuple(rung.model_copy(update={"after": rung.after / HURRY}) for rung in ladder.rungs)
    return ladder.model_copy(update={"rungs": rungs})


def live(life: Life, ladder: Ladder, words: Words, porter: Porter, out: int) -> None:
    """Until it is killed. Writes a line to the file `out` after each thing that is on disk."""

    def tell(*words_: str) -> None:
        os.write(out, (" ".join(words_) + "\n").encode())  # whole: shorter than PIPE_BUF

    def clock() -> datetime:
        return system_clock() + timedelta(seconds=life.shift)

    sessions = open_sessions(open_engine(life.database_url))
    keeper = Keeper(sessions, hurried(ladder), words, _Pipe(tell), clock=clock, every=EVERY)
    keeper.start()
    if life.doors is None:
        tell("ready")
        time.sleep(3600)
        return
    chance = random.Random(life.seed)  # noqa: S311
    operator = threading.Thread(target=_operate, args=(sessions, clock, tell, chance), daemon=True)
    operator.start()
    porter.serve(life.doors, sessions, clock, lambda: tell("ready"))


@dataclass(frozen=True)
class _Pipe:
    """A Notifier that everybody can be reached through."""

    tell: Callable[..., None]

    def send(self, notice: Notice) -> Receipt:
        """As care.notices.port.Notifier."""
        self.tell("told", notice.key)
        return Receipt(reached=1, missed=0)


def _operate(
    sessions: Sessions,
    clock: Callable[[], datetime],
    tell: Callable[..., None],
    chance: random.Random,
) -> None:
    """Works some of the open alarms, one step at a time."""
    steps: list[Callable[..., Alarm]] = [alarms.acknowledge, alarms.arrive, alarms.dispatch]
    while True:
        with sessions() as session:
            query = select(Alarm.ref).where(Alarm.state != CLOSED).order_by(Alarm.id.desc())
            refs = list(session.scalars(query.limit(10)))
        for ref in refs:
            if chance.random() > HANDLED:
                continue
            step = chance.choice(steps)
            more = {"responder": "演练"} if step is alarms.dispatch else {}
            try:
                with sessions.begin() as session:
                    alarm = step(session, ref, by="演练", now=clock(), how="drill", **more)
            except AlarmStateError:
                continue
            tell("step", ref, alarm.state)
        time.sleep(EVERY)
