"""From readings to numbers: intent and entity precision, recall and F1."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import precision_recall_fscore_support

from evaluation.naming import key, lost_kinds
from evaluation.utterances import Named, Utterance

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Reading:
    """What the server made of one utterance."""

    utterance: Utterance
    heard: str
    """The text that was sent: as typed, or as the simulated recogniser wrote it."""

    noisy: bool
    intent: str
    confidence: float
    entities: tuple[Named, ...]

    @property
    def predicted(self) -> str:
        """The intent to score: falling back is the right reading of what is out of scope."""
        if self.intent == FALLBACK and self.utterance.intent == OUT_OF_SCOPE:
            return OUT_OF_SCOPE
        return self.intent

    @property
    def right(self) -> bool:
        return self.predicted == self.utterance.intent


@dataclass(frozen=True)
class Score:
    """Precision, recall, F1 (0–1) and how many there should have been."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class Scores:
    """Everything about one set of readings."""

    count: int
    accuracy: float
    weighted: Score
    macro: Score
    intents: dict[str, Score]
    entities: Score
    """Micro average; an entity counts when kind and value are exact."""

    kinds: dict[str, Score]
    confusions: list[tuple[str, str, int]]
    """Meant, understood, how often; the most frequent first."""


def score(readings: Sequence[Reading]) -> Scores:
    """All scores of `readings`, which must not be empty."""
    meant = [reading.utterance.intent for reading in readings]
    understood = [reading.predicted for reading in readings]
    labels = sorted(set(meant))
    per = precision_recall_fscore_support(meant, understood, labels=labels, zero_division=0)
    wrong = Counter(pair for pair in zip(meant, understood, strict=True) if pair[0] != pair[1])
    kinds = _entity_counts(readings)
    return Scores(
        count=len(readings),
        accuracy=sum(reading.right for reading in readings) / len(readings),
        weighted=_average(meant, understood, labels, "weighted"),
        macro=_average(meant, understood, labels, "macro"),
        intents={
            label: Score(float(p), float(r), float(f), int(n))
            for label, p, r, f, n in zip(labels, *per, strict=True)
        },
        entities=_from_counts(sum(kinds.values(), Counter())),
        kinds={kind: _from_counts(counts) for kind, counts in sorted(kinds.items())},
        confusions=[(a, b, n) for (a, b), n in sorted(wrong.items(), key=_by_count)],
    )


def entity_errors(reading: Reading) -> tuple[list[Named], list[Named]]:
    """(missing, invented) entities of one reading."""
    lost = lost_kinds(reading.utterance, reading.heard) if reading.noisy else frozenset()

    def keyed(named: Sequence[Named]) -> dict[tuple[str, str], Named]:
        return {key(one, by_sound=reading.noisy): one for one in named if one.kind not in lost}

    must = keyed(reading.utterance.entities)
    may = keyed(reading.utterance.optional)
    found = keyed(reading.entities)
    missing = [named for which, named in must.items() if which not in found]
    invented = [named for which, named in found.items() if which not in must and which not in may]
    return missing, invented


def _entity_counts(readings: Sequence[Reading]) -> dict[str, Counter[str]]:
    """Per kind: how many were meant, and how many of those are missing or were invented."""
    counts: dict[str, Counter[str]] = {}
    for reading in readings:
        missing, invented = entity_errors(reading)
        lost = lost_kinds(reading.utterance, reading.heard) if reading.noisy else frozenset()
        meant = [named for named in reading.utterance.entities if named.kind not in lost]
        for name, group in (("meant", meant), ("missing", missing), ("invented", invented)):
            for named in group:
                counts.setdefault(named.kind, Counter())[name] += 1
    return counts


def _from_counts(counts: Counter[str]) -> Score:
    right = counts["meant"] - counts["missing"]
    found = right + counts["invented"]
    precision = right / found if found else 0.0
    recall = right / counts["meant"] if counts["meant"] else 0.0
    both = precision + recall
    return Score(precision, recall, 2 * precision * recall / both if both else 0.0, counts["meant"])


def _average(meant: list[str], understood: list[str], labels: list[str], how: str) -> Score:
    p, r, f, _ = precision_recall_fscore_support(
        meant, understood, labels=labels, average=how, zero_division=0
    )
    return Score(float(p), float(r), float(f), len(meant))


def _by_count(item: tuple[tuple[str, str], int]) -> tuple[int, tuple[str, str]]:
    return -item[1], item[0]
