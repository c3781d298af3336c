"""The labelled sentences, and how well the detector does on them."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.emergency.emergency import Emergency
from care.language.normalise import normalise

HERE = Path(__file__).parent
NONE = "none"

Detect = Callable[[str], Emergency | None]


@dataclass(frozen=True)
class Case:
    """One sentence and what it should lead to."""

    expected: str
    """A category, or `none`."""

    text: str


@dataclass(frozen=True)
class Score:
    """Over one category: how many reports were right, and how many cases were found."""

    precision: float
    recall: float
    cases: int


def read(name: str, expected: str | None = None) -> list[Case]:
    """The cases of a file; `expected` overrides its first column (there a reason)."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip()]
    return [Case(expected or row[0], row[1]) for row in rows]


def whole_table() -> list[Case]:
    """Everything that the rules have been tuned on."""
    return [
        *read("emergencies.tsv"),
        *read("noisy.tsv"),
        *read("doubts.tsv"),
        *read("hard_negatives.tsv", NONE),
    ]


def report(cases: Iterable[Case], detect: Detect) -> dict[str, Score]:
    """Precision and recall for each category and for `any` (alarm or no alarm)."""
    right: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    for case in cases:
        found = detect(normalise(case.text))
        got = found.category if found else NONE
        for name, mine in _names(case.expected, got):
            expected[name] += mine[0]
            reported[name] += mine[1]
            right[name] += mine[0] and mine[1]
    return {
        name: Score(
            right[name] / reported[name] if reported[name] else 1.0,
            right[name] / expected[name] if expected[name] else 1.0,
            expected[name],
        )
        for name in sorted(expected)
    }


def _names(expected: str, got: str) -> list[tuple[str, tuple[bool, bool]]]:
    categories = {expected, got} - {NONE}
    rows = [(name, (name == expected, name == got)) for name in categories]
    return [*rows, ("any", (expected != NONE, got != NONE))]
