"""How far the measurement is: minutes go by until everybody has an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


@dataclass(frozen=True)
class Shown:
    """A bar of which one thing after another is told."""

    progress: Progress
    bar: TaskID

    def begin(self, what: str, total: int) -> None:
        """Something else now, which has so many parts."""
        self.progress.reset(self.bar, description=what, total=total)

    def at(self, count: int) -> None:
        """So many of them are done."""
        self.progress.update(self.bar, completed=count)


@contextmanager
def shown(out: Console) -> Iterator[Shown]:
    """On `out` for as long as the block; a file gets what was shown last."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=out) as progress:
        yield Shown(progress, progress.add_task("the system starts", total=None))
