"""`hotline webhooks`: which other systems are told of what happens, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from care.clock import Clock, system_clock
from care.settings import Settings
from care.storage.engine import Sessions
from care.webhooks import kind, outbox, service
from care.webhooks.model import FAILED, WAITING, Webhook
from care.webhooks.outbox import DeliveryError
from care.webhooks.sentences import sentence
from care.webhooks.service import WebhookError
from hotline.refusal import refuse, refusing, tell

_KINDS = " ".join(kind.whole(topic) for topic in kind.TOPICS)
_BY = "cli"
Name = Annotated[str, typer.Argument(help="Of the system.")]


def webhooks_app(
    settings: Callable[[], Settings],
    sessions: Callable[[], Sessions],
    out: Console,
    clock: Clock = system_clock,
) -> typer.Typer:
    """The commands on one installation; both are opened when a command needs them."""
    app = typer.Typer(no_args_is_help=True, help="Systems that are told of what happens.")
    commands = _Commands(settings, sessions, out, clock)
    for name in ("add", "list", "off", "on", "test", "deliveries", "resend"):
        app.command(name)(getattr(commands, name))
    return app


@dataclass(frozen=True)
class _Commands:
    settings: Callable[[], Settings]
    sessions: Callable[[], Sessions]
    out: Console
    clock: Clock

    def add(
        self,
        name: Name,
        url: Annotated[str, typer.Argument(help="https://…")],
        event: Annotated[
            list[str] | None, typer.Option(help=f"{_KINDS}, or one: order.placed.")
        ] = None,
    ) -> None:
        """Add one; its secret is shown once."""
        allowed = self.settings().webhooks.networks
        with refusing(self.out, WebhookError), self.sessions().begin() as session:
            row, secret = service.add(
                session, name, url, event or [], allowed=allowed, by=_BY, now=self.clock()
            )
        tell(self.out, secret)
        self.out.print(sentence("added", name=row.name), sentence("secret"), markup=False)

    def list(self) -> None:
        """All of them, and how much waits."""
        table = Table("名称", "地址", "事件", "状态", "等着推", "没推成", "最近推成")
        with self.sessions()() as session:
            waiting = outbox.counts(session)
            for row in service.every(session):
                state = f"停了（{row.off_why}）" if row.off_at else "在推"
                count = waiting.get(row.id, {})
                took = f"{row.took_at:%Y-%m-%d %H:%M}" if row.took_at else ""
                numbers = (str(count.get(WAITING, 0)), str(count.get(FAILED, 0)))
                table.add_row(row.name, row.url, " ".join(sorted(row.kinds)), state, *numbers, took)
        self.out.print(table, markup=False)

    def off(self, name: Name) -> None:
        """Tell it nothing from now on."""
        with self.sessions().begin() as session:
            service.turn_off(self._find(session, name), by=_BY, now=self.clock())
        self.out.print(sentence("turned_off", name=name), markup=False)

    def on(self, name: Name) -> None:
        """Tell it again; what waits goes out."""
        with self.sessions().begin() as session:
            outbox.turn_on(session, self._find(session, name), self.clock())
        self.out.print(sentence("turned_on", name=name), markup=False)

    def test(self, name: Name) -> None:
        """Have the running hotline send it a message that tells of nothing."""
        with self.sessions().begin() as session:
            service.try_out(session, self._find(session, name), self.clock())
        self.out.print(sentence("test_put", name=name), markup=False)

    def deliveries(
        self, name: Name, most: Annotated[int, typer.Option(min=1, max=1000)] = 20
    ) -> None:
        """What it was told last, and what it said."""
        table = Table("编号", "事件", "时间", "状态", "次数", "回答")
        with self.sessions()() as session:
            for row in outbox.latest(session, self._find(session, name).id, most=most):
                when = f"{row.made_at:%m-%d %H:%M:%S}"
                tried = str(row.attempts)
                table.add_row(str(row.id), row.kind, when, row.state, tried, row.answer or "")
        self.out.print(table, markup=False)

    def resend(self, number: Annotated[int, typer.Argument(help="Of the delivery.")]) -> None:
        """Tell it once more."""
        try:
            with self.sessions().begin() as session:
                outbox.resend(session, number, self.clock())
        except DeliveryError as error:
            raise typer.Exit(refuse(self.out, sentence(str(error)))) from error
        self.out.print(sentence("resent", number=number), markup=False)

    def _find(self, session: Session, name: str) -> Webhook:
        found = service.find(session, name)
        if found is None:
            raise typer.Exit(refuse(self.out, sentence("no_such", name=name)))
        return found
