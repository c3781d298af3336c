"""A ladder with a clock of its own, and somebody who listens instead of telephones."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from care.alarms.keeper import Keeper
from care.alarms.ladder import Ladder
from care.alarms.outbox import Run
from care.alarms.words import Words
from care.notices.port import Notice, Receipt
from care.storage.engine import Sessions
from tests.conftest import NOW


@dataclass
class Clocks:
    """The wall's clock, which somebody may set, and the one that only ever goes on."""

    wall: datetime = NOW
    instant: float = 1000.0

    def now(self) -> datetime:
        """As care.clock.Clock."""
        return self.wall

    def go(self, seconds: float) -> None:
        """Time passes."""
        self.wall += timedelta(seconds=seconds)
        self.instant += seconds


@dataclass
class Listener:
    """A Notifier that keeps what it is told."""

    heard: list[Notice] = field(default_factory=list)
    receipt: Callable[[Notice], Receipt] = lambda notice: Receipt(1, 0)

    def send(self, notice: Notice) -> Receipt:
        """As care.notices.port.Notifier."""
        self.heard.append(notice)
        return self.receipt(notice)

    def told(self) -> list[str]:
        """Rung and audience of each notice, in order."""
        return ["/".join(notice.key.split("/")[1:3]) for notice in self.heard]


def keeper(
    sessions: Sessions,
    clocks: Clocks,
    listener: Listener,
    ladder: Ladder | None = None,
    run: Run = lambda work: work(),
) -> Keeper:
    """A process's keeper that ticks when it is told to, and sends while it ticks."""
    return Keeper(
        sessions,
        ladder or Ladder.load(),
        Words.load(),
        listener,
        clock=clocks.now,
        monotonic=lambda: clocks.instant,
        run=run,
    )


def watch(keeper: Keeper, clocks: Clocks, seconds: int, step: int = 1) -> None:
    """A second at a time, as a running process does, or in longer steps where nothing is due."""
    for _ in range(0, seconds, step):
        clocks.go(step)
        keeper.tick()
