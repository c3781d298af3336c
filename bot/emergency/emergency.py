"""What the detector reports."""

from dataclasses import dataclass
from typing import Literal, get_args

Category = Literal[
    "fire",
    "gas",
    "electric",
    "choking",
    "breathing",
    "unconscious",
    "internal_bleeding",
    "bleeding",
    "seizure",
    "stroke",
    "chest_pain",
    "overdose",
    "suicide",
    "intruder",
    "violence",
    "burn",
    "fall",
    "lost",
    "fraud",
    "help",
]
"""In the order that decides between two of the same severity: a danger to everybody in the room
first, then what kills fastest; a bare cry for help says least and comes last."""

CATEGORIES: tuple[Category, ...] = get_args(Category)


@dataclass(frozen=True)
class Emergency:
    """One emergency, as an utterance tells it."""

    category: Category
    severity: int
    """1: life in danger now; 2: somebody has to come soon; 3: somebody has to ask today."""

    matched: str
    """The words that decided the category, as they stand in the text."""

    third_person: bool
    """True when the caller speaks of somebody else."""

    evidence: tuple[str, ...]
    """Every rule that spoke, as `rule id: words`; for the operator's desk, never for a log."""

    @classmethod
    def unspecified(cls, said: str) -> "Emergency":
        """The caller needs help at once and hasn't told why."""
        return cls("help", 1, said, third_person=False, evidence=())

    @classmethod
    def of_alarm(cls, category: str, severity: int) -> "Emergency":
        """The emergency behind a stored alarm; an unknown category counts as a cry for help."""
        known: Category = next((each for each in CATEGORIES if each == category), "help")
        return cls(known, min(max(severity, 1), 3), "", third_person=False, evidence=())
