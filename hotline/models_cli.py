"""`hotline models`: speech models that are here, fetched, and taught a city's words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from care.settings import Settings


def models_app(settings: Callable[[], Settings], out: Console) -> typer.Typer:
    """The commands on one installation. What they work with takes seconds to import: each command
    imports it when it runs."""
    app = typer.Typer(no_args_is_help=True, help="Speech models: list, fetch, adapt.")
    commands = _Commands(settings, out)
    app.command("list")(commands.list)
    app.command("fetch")(commands.fetch)
    app.command("adapt")(commands.adapt)
    return app


@dataclass(frozen=True)
class _Commands:
    settings: Callable[[], Settings]
    out: Console

    def list(self) -> None:
        """Models that are here or can be fetched."""
        from hotline.speech_models import list_models

        settings = self.settings()
        list_models(settings.speech_model, settings.speech_folder, self.out, settings.data)

    def fetch(
        self,
        name: str,
        sha256: Annotated[str, typer.Option(help="The archive's published sum.")] = "",
        again: Annotated[bool, typer.Option(help="Anew, over what is there.")] = False,
    ) -> None:
        """Download an official model; goes on where it broke off."""
        from hotline.speech_models import fetch_model

        settings = self.settings()
        folder, data = settings.speech_folder, settings.data
        done = fetch_model(name, folder, self.out, sha256=sha256, again=again, data=data)
        raise typer.Exit(done)

    def adapt(
        self,
        text: Annotated[Path, typer.Option(help="One sentence or name a line, UTF-8.")],
        model: Annotated[Path | None, typer.Option(help="Model to start from.")] = None,
        output: Annotated[Path | None, typer.Option(help="Folder to make.")] = None,
    ) -> None:
        """Teach the ears a city's own street names and sentences."""
        from hotline.adapt import adapt_model

        settings = self.settings()
        start = model or settings.speech_model
        raise typer.Exit(adapt_model(text, start, output, settings.speech_folder, self.out))
