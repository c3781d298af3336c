"""`hotline benefits`: what the office that pays knows, and the hotline doesn't."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from care.benefits.receipt_list import ListError, Sentences, check, read, record
from care.clock import Clock, system_clock
from care.data_files import DATA, load_models
from care.entitlements.benefit import Benefit
from care.storage.engine import Sessions
from hotline.refusal import refuse

BY = "hotline benefits"
"""Who recorded it."""


def benefits_app(
    sessions: Callable[[], Sessions], out: Console, clock: Clock = system_clock
) -> typer.Typer:
    """The commands on one installation; its database is opened when a command needs it."""
    app = typer.Typer(no_args_is_help=True, help="Benefits that find people.")

    @app.callback()
    def _group() -> None:
        """With one command alone, typer would drop its name."""

    @app.command("receipts")
    def receipts(
        file: Annotated[Path, typer.Argument(help="CSV: 电话 or 身份证号, 待遇, 起领日期.")],
    ) -> None:
        """Record who gets which benefit already; nothing unless every row is right."""
        raise typer.Exit(_record(file, sessions, out, clock))

    return app


def _record(file: Path, sessions: Callable[[], Sessions], out: Console, clock: Clock) -> int:
    known = load_models(DATA / "entitlements" / "benefits.yml", Benefit)
    try:
        rows = read(file)
    except ListError as error:
        return refuse(out, str(error))
    with sessions().begin() as session:
        checked = check(session, rows, frozenset(benefit.id for benefit in known))
        if checked.problems:
            for problem in checked.problems:
                out.print(problem, markup=False)
            return refuse(out, Sentences.say("nothing_done", count=len(checked.problems)))
        new = record(session, checked, by=BY, now=clock())
    count = len({entry.elder_id for entry in checked.entries})
    out.print(Sentences.say("done", count=count, new=new), markup=False)
    return 0
