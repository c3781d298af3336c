"""What a command says: how it went, or why it can't do what it was asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console


def tell(out: Console, sentence: str) -> None:
    """Prints a sentence as it is: nothing in it is taken for markup, nothing is broken off."""
    out.print(sentence, markup=False, highlight=False, soft_wrap=True)


def refuse(out: Console, sentence: str) -> int:
    """Prints what was wrong and what to do; → the exit code."""
    out.print(sentence, style="bold red", markup=False, highlight=False, soft_wrap=True)
    return 1


@contextmanager
def refusing(out: Console, *errors: type[Exception]) -> Iterator[None]:
    """Ends the command when one of these is raised in the block; its text is the sentence."""
    try:
        yield
    except errors as error:
        raise typer.Exit(refuse(out, str(error))) from error
