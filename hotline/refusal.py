"""What a command says when it can't do what it was asked for."""

from rich.console import Console


def refuse(out: Console, sentence: str) -> int:
    """Prints what was wrong and what to do; → the exit code."""
    out.print(sentence, style="bold red", markup=False, highlight=False, soft_wrap=True)
    return 1
