"""`hotline api-key`: keys with which other systems use the REST API."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from care.api_keys import keys
from care.api_keys.scope import Scope
from care.api_keys.sentences import Sentences
from care.clock import Clock, system_clock
from care.storage.engine import Sessions
from hotline.refusal import refuse

_KNOWN = "、".join(scope.value for scope in Scope)


def api_key_app(
    sessions: Callable[[], Sessions], out: Console, clock: Clock = system_clock
) -> typer.Typer:
    """The commands on one installation; its database is opened when a command needs it."""
    app = typer.Typer(no_args_is_help=True, help="Keys of the REST API: make, list, take back.")
    commands = _Commands(sessions, out, clock)
    app.command("create")(commands.create)
    app.command("list")(commands.list)
    app.command("revoke")(commands.revoke)
    return app


@dataclass(frozen=True)
class _Commands:
    sessions: Callable[[], Sessions]
    out: Console
    clock: Clock

    def create(
        self,
        name: Annotated[str, typer.Argument(help="Of the system that gets it.")],
        scope: Annotated[list[str] | None, typer.Option(help=_KNOWN)] = None,
        days: Annotated[int, typer.Option(min=1, max=1096, help="Until it expires.")] = 365,
    ) -> None:
        """Make a key and show it, this once."""
        words, wanted = Sentences.load(), scope or []
        if not wanted:
            raise typer.Exit(refuse(self.out, words.no_scopes.format(known=_KNOWN)))
        if unknown := [each for each in wanted if each not in {s.value for s in Scope}]:
            told = words.unknown_scope.format(scope=unknown[0], known=_KNOWN)
            raise typer.Exit(refuse(self.out, told))
        now = self.clock()
        expires, scopes = now + timedelta(days=days), [Scope(each) for each in wanted]
        try:
            with self.sessions().begin() as session:
                key = keys.make(session, name[:64], scopes, expires_at=expires, now=now)
        except keys.NameTakenError as error:
            raise typer.Exit(refuse(self.out, words.name_taken.format(name=name))) from error
        except keys.NameOursError as error:
            raise typer.Exit(refuse(self.out, words.name_ours.format(name=name))) from error
        self.out.print(key, markup=False, soft_wrap=True, highlight=False)
        self.out.print(words.made.format(expires=f"{expires:%Y-%m-%d}"), markup=False)

    def list(self) -> None:
        """All keys, without what they open with."""
        table = Table("名称", "权限", "到期", "最近使用", "状态")
        with self.sessions()() as session:
            used = keys.last_used(session)
            for row in keys.every(session):
                last = f"{used[row.id]:%Y-%m-%d %H:%M}" if row.id in used else ""
                state = "已收回" if row.revoked_at else ""
                if not state and row.expires_at <= self.clock():
                    state = "已过期"
                expires = f"{row.expires_at:%Y-%m-%d}"
                table.add_row(row.name, " ".join(sorted(row.scopes)), expires, last, state)
        self.out.print(table, markup=False)

    def revoke(self, name: Annotated[str, typer.Argument(help="Of the system.")]) -> None:
        """Take a key back, at once."""
        words = Sentences.load()
        with self.sessions().begin() as session:
            found = keys.revoke(session, name, self.clock())
        if not found:
            raise typer.Exit(refuse(self.out, words.no_such_key.format(name=name)))
        self.out.print(words.revoked.format(name=name), markup=False)
