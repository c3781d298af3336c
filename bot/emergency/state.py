"""Where the questions after an alarm stand; survives a restart as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, cast

from bot.emergency.emergency import CATEGORIES, Category, Emergency


@dataclass(frozen=True)
class Known:
    """What is known before the first question; None where nothing is."""

    place: str | None = None
    person: str | None = None
    phone: str | None = None
    elder_id: int | None = None
    """Of the record, where it can only be one."""


@dataclass(frozen=True)
class FollowUp:
    """The state of the talk; every step makes a new one."""

    category: Category
    severity: int
    third_person: bool = False
    reported: tuple[str, ...] = ()
    """Categories that were reported so far."""

    learnt: dict[str, str] = field(default_factory=dict)
    """place, person, phone, breathing, conscious, alone, detail: as the operator reads them."""

    answered: tuple[str, ...] = ()
    """Questions that need no further asking."""

    asked: dict[str, int] = field(default_factory=dict)
    """How often each question was asked, at most 2."""

    waiting: str | None = None
    """The question that is open."""

    quiet: bool = False
    """The caller says that it was a false alarm: no more questions until there is news."""

    said: dict[str, int] = field(default_factory=dict)
    """How often each remark was made, to vary it."""

    last: tuple[str, ...] = ()
    """The replies of the step before."""

    early: tuple[str, ...] = ()
    """Categories that were reported while the words were still being spoken: the utterance that
    they came in is yet to be answered."""

    def to_json(self) -> dict[str, Any]:
        """Plain lists, dicts, strings and numbers."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "FollowUp":
        """The inverse of `to_json`; what an older version stored and is unknown now is left out.

        Raises ValueError if the category or the severity is missing or unknown.
        """
        names = {each.name for each in fields(cls)}
        values = {name: value for name, value in stored.items() if name in names}
        if values.get("category") not in CATEGORIES or values.get("severity") not in (1, 2, 3):
            raise ValueError("a stored follow-up needs a known category and a severity of 1 to 3")
        for name in ("reported", "answered", "last", "early"):
            values[name] = tuple(cast("Sequence[str]", values.get(name, ())))
        return cls(**values)


@dataclass(frozen=True)
class Step:
    """What one utterance led to."""

    state: FollowUp
    replies: tuple[str, ...]
    """At least one, none empty, none the same as in the step before."""

    facts: dict[str, str] = field(default_factory=dict)
    """Learnt in this step: place, person, phone, breathing, conscious, alone, detail."""

    caller_says_false_alarm: bool = False
    """A note for the operator; the alarm stays open."""

    wants_person: bool = False
    worse: Emergency | None = None
    """A further emergency that has to be reported too."""
