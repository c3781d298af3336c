"""What the evaluation of speech prints and keeps."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from evaluation.speech.plan import DOMAIN_10_DB, DOMAIN_TELEPHONE
from evaluation.speech.rates import Scores

Rows = dict[str, Scores]
"""By what was measured."""


@dataclass(frozen=True)
class Goal:
    """The most that an error rate may be."""

    row: str
    limit: float
    """Share of characters, strictly counted."""


GOALS = (Goal(DOMAIN_TELEPHONE, 0.05), Goal(DOMAIN_10_DB, 0.12))


_NOTE = (
    "8 kHz: over the telephone's A-law. CER: characters as heard. alike: 他 and 她, 的 and 得 and"
    " other pure homophones count as one. mended: characters after hearing's own mending."
    " syllables: without tones. whole: sentences without an error, counted as in alike."
)


def print_rows(model: str, rows: Rows, console: Console) -> None:
    """One table a model; rates in per cent."""
    table = Table(title=model, box=box.SIMPLE, padding=(0, 1))
    table.add_column("", no_wrap=True)
    for title in ("CER", "alike", "mended", "syllables", "whole", "of"):
        table.add_column(title, justify="right")
    for name, scores in rows.items():
        rates = (scores.strict, scores.alike, scores.mended, scores.syllables)
        table.add_row(
            name,
            *(f"{one.rate:.1%}" for one in rates),
            f"{scores.whole / scores.sentences:.0%}",
            str(scores.sentences),
        )
    console.print(table)
    console.print(_NOTE, style="dim")


def judge(rows: Rows, console: Console) -> bool:
    """Prints each goal with pass or miss; True when all of them are reached."""
    reached = True
    for goal in GOALS:
        rate = rows[goal.row].strict.rate
        passed = rate <= goal.limit
        reached = reached and passed
        console.print(
            f"{'pass' if passed else 'MISS'}  {goal.row}: CER {rate:.1%}, at most {goal.limit:.0%}",
            style="green" if passed else "red",
        )
    return reached


def write(results: dict[str, Rows], reached: bool, path: Path) -> None:
    """JSON: by model and row the counts and the rates; the goals for the first model."""
    content = {
        "models": {
            model: {name: _as_dict(scores) for name, scores in rows.items()}
            for model, rows in results.items()
        },
        "goals": [asdict(goal) for goal in GOALS],
        "reached": reached,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _as_dict(scores: Scores) -> dict[str, float]:
    return {
        "cer": round(scores.strict.rate, 4),
        "cer_alike": round(scores.alike.rate, 4),
        "cer_mended": round(scores.mended.rate, 4),
        "syllable_error": round(scores.syllables.rate, 4),
        "whole": scores.whole,
        "sentences": scores.sentences,
        "characters": scores.strict.length,
    }
