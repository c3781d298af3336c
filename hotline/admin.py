"""`hotline admin`: the first account of the desk, and the way back in when nobody has one."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console

from care.clock import Clock, system_clock
from care.operators import accounts
from care.operators.accounts import NewOperator, OneTime
from care.operators.name import sign_in_name
from care.operators.password_rules import check_password
from care.operators.passwords import Passwords
from care.operators.refused import RefusedError
from care.operators.role import Role
from care.operators.sentences import sentence
from care.storage.engine import Sessions
from hotline.refusal import refusing, tell

BY = "hotline admin"
"""Who did it, in the record of the account."""


def admin_app(
    sessions: Callable[[], Sessions], out: Console, clock: Clock = system_clock
) -> typer.Typer:
    """The commands on one installation; its database is opened when a command needs it."""
    app = typer.Typer(no_args_is_help=True, help="Accounts of the desk: make an admin, reset one.")
    commands = _Commands(sessions, out, clock)
    app.command("create")(commands.create)
    app.command("reset")(commands.reset)
    return app


@dataclass(frozen=True)
class _Commands:
    sessions: Callable[[], Sessions]
    out: Console
    clock: Clock

    def create(
        self,
        name: Annotated[str, typer.Option(prompt="登录名", help="To sign in with.")],
        display_name: Annotated[str, typer.Option(prompt="姓名", help="For colleagues to read.")],
        one_time: Annotated[
            bool, typer.Option("--one-time", help="Print a one-time password, ask for none.")
        ] = False,
    ) -> None:
        """Make an admin, who adds everybody else at /desk/people."""
        passwords = Passwords()
        new = NewOperator(name, display_name, Role.ADMIN)
        with refusing(self.out, RefusedError):
            sign_in_name(name)
            password: OneTime | str
            if one_time or not at_terminal():
                password = accounts.one_time(passwords)
            else:
                password = passwords.hash(self._ask(new))
            with self.sessions().begin() as session:
                row = accounts.add(session, new, password, by=BY, now=self.clock())
        tell(self.out, sentence("admin_made", name=row.name))
        if isinstance(password, OneTime):
            tell(self.out, sentence("one_time", password=password.password))

    def reset(self, name: str) -> None:
        """A one-time password for anybody; whoever is signed in as them is out."""
        one_time = accounts.one_time(Passwords())
        with refusing(self.out, RefusedError), self.sessions().begin() as session:
            row = accounts.by_name(session, name)
            if row is None:
                raise RefusedError("no_such_name", name=name)
            accounts.reset(session, row, one_time, by=BY, now=self.clock())
        tell(self.out, sentence("was_reset", name=row.name))
        if not row.active:
            tell(self.out, sentence("still_inactive"))
        tell(self.out, sentence("one_time", password=one_time.password))

    def _ask(self, new: NewOperator) -> str:
        while True:
            password: str = typer.prompt("密码", hide_input=True, confirmation_prompt="再写一遍")
            try:
                check_password(password, (new.name, new.display_name))
            except RefusedError as error:
                tell(self.out, str(error))
            else:
                return password


def at_terminal() -> bool:
    """Whether somebody can be asked for a password."""
    return sys.stdin.isatty()
