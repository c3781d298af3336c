"""`hotline elders`: the key of sealed records."""

from collections.abc import Callable
from pathlib import Path

import typer
from rich.console import Console

from care.calls.keys import KeyFileError, rotate
from care.elders.sentences import sentence
from care.storage.engine import Sessions
from care.storage.resealing import reseal
from care.storage.seal import SealError
from hotline.refusal import refusing


def elders_app(
    sessions: Callable[[], Sessions], key: Callable[[], Path], out: Console
) -> typer.Typer:
    """The commands. `sessions` opens the database, with the key file at `key`."""
    app = typer.Typer(no_args_is_help=True, help="The key of elders' sealed records.")

    @app.command("new-key")
    def new_key() -> None:
        """Adds a key and seals all records with it. Stop the hotline first."""
        with refusing(out, KeyFileError, SealError):
            rotate(key())
            count = reseal(sessions().kw["bind"])
        out.print(sentence("new_key", count=count, path=key()))

    @app.command("reseal")
    def seal_again() -> None:
        """Ends what `new-key` began, if it was interrupted. Stop the hotline first."""
        with refusing(out, SealError):
            count = reseal(sessions().kw["bind"])
        out.print(sentence("new_key", count=count, path=key()))

    return app
