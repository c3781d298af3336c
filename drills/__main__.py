"""`python -m drills`: what an installation does when things go wrong, on a database of its own."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import ArgumentError, DBAPIError

from care.storage.engine import open_engine, open_sessions
from care.storage.migrate import upgrade
from drills.kills import Found, drill
from drills.troubles import Trouble, ballast, full, locked, small_files
from evaluation.guard import orderly

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__)
console = Console()
MIB = 1024 * 1024

Kills = Annotated[int, typer.Option(min=1, help="How often the process is killed.")]
Seed = Annotated[int, typer.Option(help="Of the moments at which it is.")]
Database = Annotated[
    str, typer.Option(help="URL of an empty database; without: SQLite in a temporary folder.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")]


@app.command("all")
def everything(kills: Kills = 100, seed: Seed = 12349) -> None:
    """Kills with wrong clocks, a locked database, a full disk."""
    problems = _kill("", kills, seed) + _locked("", 3.0) + _full()
    raise typer.Exit(1 if problems else 0)


@app.command()
def kill(
    kills: Kills = 1000, seed: Seed = 12349, database: Database = "", *, as_json: Json = False
) -> None:
    """SIGKILL at random moments, in lives whose clocks are set back and forth."""
    raise typer.Exit(1 if _kill(database, kills, seed, as_json=as_json) else 0)


@app.command("locked")
def lock_out(seconds: float = 3.0, database: Database = "") -> None:
    """Somebody holds the database while alarms come in."""
    raise typer.Exit(1 if _locked(database, seconds) else 0)


@app.command("full")
def fill_up(
    on: Annotated[Path | None, typer.Option(help="A small disk that may be filled.")] = None,
) -> None:
    """The disk gets full: a tmpfs of 8 MiB, or where that may not be mounted a limit on files."""
    raise typer.Exit(1 if _full(on) else 0)


def _kill(database: str, kills: int, seed: int, *, as_json: bool = False) -> int:
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        url = database or f"sqlite:///{folder}/drill.db"
        found = drill(url, Path(folder), kills, seed, _showing)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))
        return len(found.problems)
    return _print("SIGKILL", found)


def _showing(numbers: range) -> Iterable[int]:
    # On the way the process is forked, so no thread may draw: a line for each hundred does.
    for number in numbers:
        if number and number % 100 == 0:
            print(f"{number} of {len(numbers)}", file=sys.stderr)
        yield number


def _locked(database: str, seconds: float) -> int:
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        engine = open_engine(database or f"sqlite:///{folder}/drill.db")
        upgrade(engine)
        trouble = locked(open_sessions(engine), seconds)
        engine.dispose()
    return _print(f"locked for {seconds} s", trouble)


def _full(on: Path | None = None) -> int:
    if on is None:
        return _on_a_small_disk()
    engine = open_engine(f"sqlite:///{on}/drill.db")
    upgrade(engine)
    sessions = open_sessions(engine)
    free = shutil.disk_usage(on).free
    if free <= 64 * MIB:
        with ballast(on, free // 4) as release:
            trouble = full(sessions, release)
        name = f"full disk of {shutil.disk_usage(on).total // MIB} MiB"
    else:
        with small_files(2 * MIB) as release:
            trouble = full(sessions, release)
        name = "no file over 2 MiB"
    engine.dispose()
    return _print(name, trouble)


def _on_a_small_disk() -> int:
    """In a mount namespace of its own, which needs no rights where users may have one."""
    again = [sys.executable, "-m", "drills", "full", "--on"]
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        mounted = f'mount -t tmpfs -o size=8m tmpfs "{folder}" && exec "$@"'
        apart = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mounted, "sh"]
        possible = subprocess.run([*apart, "true"], check=False, capture_output=True)  # noqa: S603
        if not possible.returncode:
            again = [*apart, *again]
        return subprocess.run([*again, folder], check=False).returncode  # noqa: S603


def _print(name: str, found: Found | Trouble) -> int:
    table = Table(title=name, show_header=False)
    for field, value in asdict(found).items():
        if field != "problems":
            table.add_row(field, _shown(value))
    table.add_row("problems", str(len(found.problems)))
    console.print(table)
    for problem in found.problems[:20]:
        console.print(problem, markup=False, style="bold red")
    return len(found.problems)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items())
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def main() -> None:
    """A database that can't be opened is said in a sentence."""
    try:
        app()
    except (DBAPIError, ArgumentError, ValueError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        console.print(f"the drill's database can't be used: {reason}", style="bold red")
        sys.exit(1)


if __name__ == "__main__":
    orderly()
    main()
