"""What a question to the cards comes to: a card, a question back about the place, or nothing."""

from dataclasses import dataclass

from care.knowledge.confidence import THRESHOLD
from care.knowledge.index import CardIndex, Hit

_SURE = 0.5
"""Confidence of a place's own best card at which that place has to be offered."""

_TIE = 0.45
"""Scores further apart than this don't answer the question equally well. An exact question and
another place's paraphrase of it lie about 0.4 apart, other subjects 0.6."""


@dataclass(frozen=True)
class Found:
    """One card answers."""

    hit: Hit


@dataclass(frozen=True)
class Ambiguous:
    """Cards of several places answer; the caller has to say which place."""

    regions: tuple[str, ...]
    """Canonical names, the best first."""


@dataclass(frozen=True)
class NotFound:
    """No source tells; offer a person."""

    region: str | None
    """The place that was asked about, if it is known."""


def answer(
    index: CardIndex, query: str, region: str | None, topic: str | None = None
) -> Found | Ambiguous | NotFound:
    """Answers `query` for somebody in `region` (None: unknown; a place in the query comes first).

    `topic` (see `card.Topic`) is a hint from the intent.
    """
    asked = index.place(query) or region
    hits = index.search(query, region, topic, limit=1)
    if not hits or hits[0].confidence < THRESHOLD:
        return NotFound(asked)
    if asked is None:
        regions = _places_that_tell(index, query, topic)
        if len(regions) > 1:
            return Ambiguous(regions)
    return Found(hits[0])


def _places_that_tell(index: CardIndex, query: str, topic: str | None) -> tuple[str, ...]:
    """Places that have a card for `query`; of two where one lies in the other, the better."""
    hits = index.best_by_region(query, topic)
    regions: list[str] = []
    for hit in hits:
        name = hit.card.region
        tied = hit.confidence >= _SURE and hits[0].score - hit.score <= _TIE
        if tied and not any(index.nested(name, other) for other in regions):
            regions.append(name)
    return tuple(regions)
