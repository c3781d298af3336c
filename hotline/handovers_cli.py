"""`hotline handovers`: callers who wait for a person, taken over and given back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from care.clock import Clock, system_clock
from care.handovers import service as handovers
from care.handovers.service import HandoverNotFoundError
from care.storage.engine import Sessions, readers
from hotline.refusal import refusing

By = Annotated[str, typer.Option(help="Your name.")]


def handovers_app(
    sessions: Callable[[], Sessions], out: Console, clock: Clock = system_clock
) -> typer.Typer:
    """The commands on one installation; its database is opened when a command needs it."""
    app = typer.Typer(no_args_is_help=True, help="Callers who wait for a person.")
    commands = _Commands(sessions, out, clock)
    app.command("list")(commands.list)
    app.command("claim")(commands.claim)
    app.command("close")(commands.close)
    return app


@dataclass(frozen=True)
class _Commands:
    sessions: Callable[[], Sessions]
    out: Console
    clock: Clock

    def list(self) -> None:
        """Everybody who waits for a person or has one."""
        table = Table("编号", "会话", "原因", "状态", "坐席", "时间")
        with readers(self.sessions())() as session:
            for row in handovers.waiting(session):
                when = f"{row.requested_at:%m-%d %H:%M:%S}"
                number, conversation = str(row.id), str(row.conversation_id)
                table.add_row(number, conversation, row.reason, row.state, row.operator or "", when)
        self.out.print(table)

    def claim(self, number: int, by: By) -> None:
        """Take a caller over; the assistant is silent until you close it."""
        with refusing(self.out, HandoverNotFoundError), self.sessions().begin() as session:
            handovers.claim(session, number, operator=by, now=self.clock())
        self.out.print(f"{number} claimed")

    def close(self, number: int, by: By) -> None:
        """Give a caller back to the assistant."""
        with refusing(self.out, HandoverNotFoundError), self.sessions().begin() as session:
            handovers.close(session, number, by=by, now=self.clock())
        self.out.print(f"{number} closed")
