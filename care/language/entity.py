"""What the extractor finds in an utterance."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """One thing that an utterance names."""

    kind: str
    """region, age, service, benefit, date, time, meal, phone, name, address, diet, count, category,
    ability, residence, pension, hukou or order_ref."""

    value: str
    """The canonical value (see `data/lexicon/`); for date and time the words as they were said."""

    start: int
    """Index of the first character in the normalised text."""

    end: int
    """Index after the last character."""

    score: float = 1.0
    """1.0 for an exact match, less for one by sound (0–1)."""
