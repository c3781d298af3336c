"""Finds the cards that answer a question: BM25 first, then the best are compared one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from care.knowledge.card import Card
from care.knowledge.confidence import MISSING, confidence
from care.knowledge.gap import Gap, load_gaps
from care.knowledge.overlap import Overlap, Weighed
from care.knowledge.passages import Passages
from care.knowledge.places import Places, load_places
from care.knowledge.query import Reducer
from care.knowledge.tokens import Streams, Tokens
from care.knowledge.words import load_words

_CANDIDATES = 24
_GAP_CANDIDATES = 8
"""How many BM25 hands on; the comparison is slower and sees what BM25 doesn't."""

_COVERED, _ALIKE, _BM25, _TOPIC = 0.6, 0.4, 0.15, 0.05


@dataclass(frozen=True)
class Hit:
    """A card that may answer the question."""

    card: Card
    confidence: float
    """0 (surely not) to 1 (surely); below `confidence.THRESHOLD` it isn't told."""

    score: float
    """What hits are ordered by; comparable within one search only."""


@dataclass(frozen=True)
class _Gap:
    region: str | None
    asked: Weighed


@dataclass(frozen=True)
class _Question:
    """A query, ready to be compared."""

    asked: Weighed
    """Without the place that it names."""

    placed: Weighed
    """With it, where cards name it too (沣东新城的综合体); this orders them."""

    ranks: NDArray[np.float64]
    """BM25 of every card and, after them, every gap."""

    region: str | None
    """The place that it names."""


class CardIndex:
    """All cards, searchable; never changes once built."""

    def __init__(
        self, cards: Sequence[Card], gaps: Sequence[Gap], places: Places, reducer: Reducer
    ) -> None:
        self._cards = tuple(cards)
        self._regions = {card.region for card in cards}
        self._places = places
        self._reducer = reducer
        texts = [self._texts(card) for card in cards]
        self._all_text = "\n".join(text for asked in texts for text in asked)
        streams = [[Streams.of(text) for text in asked] for asked in texts]
        whole = [Tokens.of(asked) for asked in streams]
        self._overlap = Overlap(whole)
        self._whole = [self._overlap.weigh(tokens) for tokens in whole]
        self._questions = [[self._weighed(text) for text in asked[:-1]] for asked in streams]
        left_open = [
            (gap.region, Streams.of(self._reduced(text))) for gap in gaps for text in gap.questions
        ]
        self._gaps = [_Gap(region, self._weighed(text)) for region, text in left_open]
        self._passages = Passages([*streams, *([text] for _, text in left_open)])

    @classmethod
    def build(
        cls,
        cards: Sequence[Card],
        gaps: Sequence[Gap] | None = None,
        places: Places | None = None,
        reducer: Reducer | None = None,
    ) -> "CardIndex":
        """An index over `cards`; what isn't given is read from `data/`."""
        return cls(
            cards,
            load_gaps() if gaps is None else gaps,
            places or load_places(),
            reducer or Reducer(load_words()),
        )

    def place(self, query: str) -> str | None:
        """The canonical name of the place that the question names, within the sources or not."""
        found = self._places.find(self._reducer.without_chatter(query))
        return found[1] if found else None

    def nested(self, one: str, other: str) -> bool:
        """Whether one of two places lies in the other."""
        return self._places.covers(one, other) or self._places.covers(other, one)

    def search(
        self, query: str, region: str | None, topic: str | None = None, limit: int = 3
    ) -> list[Hit]:
        """The best cards, best first, at most `limit`; a blank question finds none.

        A place named in the question, else `region`, leaves only the cards that hold there. Cards
        of `topic` come up a little.
        """
        question = self._question(query)
        hits = self._hits(question, question.region or region, topic)
        return hits[:limit]

    def best_by_region(self, query: str, topic: str | None = None) -> list[Hit]:
        """What each region of the cards would answer, the best first.

        Each is as confident as if its region had been given to `search`.
        """
        question = self._question(query)
        hits = [self._hits(question, region, topic)[:1] for region in sorted(self._regions)]
        return sorted((hit for best in hits for hit in best), key=lambda hit: -hit.score)

    def _question(self, query: str) -> _Question:
        spoken = self._reducer.without_chatter(query)
        found = self._places.find(spoken)
        if not found:
            asked = self._spoken(spoken)
            return _Question(asked, asked, self._passages.ranks(asked.tokens), None)
        asked = placed = self._spoken(spoken.replace(found[0], ""))
        if found[0] in self._all_text:
            placed = self._spoken(spoken)
        return _Question(asked, placed, self._passages.ranks(placed.tokens), found[1])

    def _hits(self, question: _Question, region: str | None, topic: str | None) -> list[Hit]:
        asked, placed, ranks = question.asked, question.placed, question.ranks
        if not asked.tokens.written:
            return []
        there = {r for r in self._regions if region is None or self._places.covers(r, region)}
        order = _best_first(ranks[: len(self._cards)])
        near = [at for at in order if self._cards[at].region in there][:_CANDIDATES]
        if not near:
            return []
        gap = self._nearest_gap(asked, region, _best_first(ranks[len(self._cards) :]))
        scores = {
            at: _COVERED * self._overlap.covered(placed, self._whole[at])
            + _ALIKE * self._overlap.alike(placed, self._questions[at])
            + _BM25 * float(ranks[at] / ranks[near[0]])
            + (_TOPIC if self._cards[at].topic == topic else 0.0)
            for at in near
        }
        hits = []
        for at, score in scores.items():
            covered = self._overlap.covered(asked, self._whole[at], MISSING)
            sure = confidence(covered, gap, _margin(at, scores))
            hits.append(Hit(self._cards[at], sure, score))
        return sorted(hits, key=lambda hit: -hit.score)

    def _nearest_gap(self, query: Weighed, region: str | None, order: Iterable[int]) -> float:
        """Likeness with the likest question that is known to have no answer in `region`."""
        near = [self._gaps[at] for at in order if self._left_open(self._gaps[at], region)]
        return self._overlap.alike(query, (gap.asked for gap in near[:_GAP_CANDIDATES]))

    def _left_open(self, gap: _Gap, region: str | None) -> bool:
        if gap.region is None or region is None:
            return gap.region is None
        return self._places.covers(gap.region, region)

    def _texts(self, card: Card) -> list[str]:
        """The card's questions and, last, its answer, without the names of its own region."""
        names = [
            name
            for region in self._places.path(card.region) or (card.region,)
            for name in self._places.names_of(region)
        ]
        names.sort(key=len, reverse=True)
        return [self._reduced(text, names) for text in (*card.questions, card.answer)]

    def _weighed(self, text: Streams) -> Weighed:
        return self._overlap.weigh(Tokens.of([text]))

    def _spoken(self, text: str) -> Weighed:
        return self._weighed(Streams.of(self._reducer.reduce(text)))

    def _reduced(self, text: str, without: Sequence[str] = ()) -> str:
        text = self._reducer.without_chatter(text)
        for name in without:
            text = text.replace(name, "")
        return self._reducer.reduce(text)


def _margin(at: int, scores: dict[int, float]) -> float:
    """How far a card is ahead of the best other one."""
    return scores[at] - max((score for other, score in scores.items() if other != at), default=0.0)


def _best_first(ranks: NDArray[np.float64]) -> list[int]:
    """Owners with anything in common, the best first."""
    return [int(at) for at in np.argsort(-ranks, kind="stable") if ranks[at] > 0]
