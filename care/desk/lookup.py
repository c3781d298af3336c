"""Answers out of the knowledge base for an operator, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass

from care.knowledge.confidence import THRESHOLD
from care.knowledge.document import Document
from care.knowledge.index import CardIndex

_MOST = 5


@dataclass(frozen=True)
class Found:
    """One card that may answer."""

    text: str
    """As it can be said or written to an elder."""
    region: str
    """Where it holds."""
    source: str
    """沈阳市民政局 2023年."""
    title: str
    """Of the document."""
    section: str
    """Where in the document."""
    sure: bool
    """The assistant would have told it. The rest is for an operator to judge."""


def look_up(
    index: CardIndex, documents: Mapping[str, Document], asked: str, region: str | None
) -> list[Found]:
    """The cards that fit best; a place that the question names comes before `region`."""
    found = []
    for hit in index.search(asked, region, limit=_MOST):
        document = documents[hit.card.source.document]
        found.append(
            Found(
                hit.card.answer,
                hit.card.region,
                document.shown,
                document.title,
                hit.card.source.section,
                hit.confidence >= THRESHOLD,
            )
        )
    return found
