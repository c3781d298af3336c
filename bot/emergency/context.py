"""Whether the words around a hit say that it is no emergency."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.emergency.rules import Context, Rule
from bot.emergency.scanner import Mark

_SENTENCE_ENDS = frozenset("。！？!?\n")
_CLAUSE_ENDS = _SENTENCE_ENDS | frozenset("，、；：,;:…")


@dataclass(frozen=True)
class Surroundings:
    """A scanned text: marks by kind and where its clauses and sentences end."""

    contexts: dict[str, list[Mark]]
    groups: dict[str, list[Mark]]
    clause_ends: list[int]
    sentence_ends: list[int]

    @classmethod
    def of(
        cls, text: str, contexts: dict[str, list[Mark]], groups: dict[str, list[Mark]]
    ) -> "Surroundings":
        clauses = [i for i, character in enumerate(text) if character in _CLAUSE_ENDS]
        sentences = [i for i in clauses if text[i] in _SENTENCE_ENDS]
        return cls(contexts, groups, clauses, sentences)


def dismissed_by(
    hit: Mark, rule: Rule, contexts: Sequence[Context], around: Surroundings
) -> str | None:
    """The id of the first context that dismisses the hit, None if it stands."""
    for context in contexts:
        marks = around.contexts.get(context.id)
        if marks is None or not _concerns(context, rule):
            continue
        if context.needs and not any(around.groups.get(name) for name in context.needs):
            continue
        if any(_holds(context, mark, hit, around) for mark in _near(marks, context, hit)):
            return context.id
    return None


def _concerns(context: Context, rule: Rule) -> bool:
    if rule.kind not in context.kinds or rule.category in context.spares:
        return False
    return not context.categories or rule.category in context.categories


def _near(marks: list[Mark], context: Context, hit: Mark) -> list[Mark]:
    """Marks (sorted by start) that can reach the hit; a bisection keeps long texts linear."""
    if context.side == "after":
        low = bisect_left(marks, hit.end, key=lambda mark: mark.start)
        high = bisect_right(marks, hit.end + context.reach, key=lambda mark: mark.start)
        return marks[low:high]
    low = bisect_left(marks, hit.start - context.reach - 40, key=lambda mark: mark.start)
    high = bisect_left(marks, hit.start, key=lambda mark: mark.start)
    return [m for m in marks[low:high] if hit.start - context.reach <= m.end <= hit.start]


def _holds(context: Context, mark: Mark, hit: Mark, around: Surroundings) -> bool:
    low, high = (mark.end, hit.start) if context.side == "before" else (hit.end, mark.start)
    if context.crosses == "nothing" and _any_between(around.clause_ends, low, high):
        return False
    if context.crosses == "clause" and _any_between(around.sentence_ends, low, high):
        return False
    if context.leads is not None and _any_between(
        around.clause_ends, low + context.leads + 1, high
    ):
        return False
    if any(_stands_between(around.groups.get(name, []), low, high) for name in context.ends):
        return False
    return not any(
        not other.overlaps(mark) and not other.overlaps(hit)
        for name in context.lifted_by
        for other in around.groups.get(name, ())
    )


def _stands_between(marks: list[Mark], low: int, high: int) -> bool:
    index = bisect_left(marks, low, key=lambda mark: mark.start)
    return index < len(marks) and marks[index].start < high


def _any_between(positions: list[int], low: int, high: int) -> bool:
    index = bisect_left(positions, low)
    return index < len(positions) and positions[index] < high
