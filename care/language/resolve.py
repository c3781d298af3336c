"""Chooses among overlapping candidates, and lets a speaker correct themselves."""

import re
from collections.abc import Iterable
from itertools import pairwise

from care.language.entity import Entity

NOTHING = "nothing"
"""Kind of a decoy: it takes its place in the text and means nothing."""

_PRIORITY = (
    "phone",
    "address",
    "name",
    "age",
    "order_ref",
    "date",
    "time",
    "region",
    "benefit",
    "pension",
    "hukou",
    "category",
    "ability",
    "service",
    "diet",
    "meal",
    "residence",
    "count",
)
"""Between two of the same length the earlier kind wins."""

_RANK = {kind: rank for rank, kind in enumerate(_PRIORITY)}

_SINGLE = (
    "date",
    "time",
    "meal",
    "diet",
    "phone",
    "age",
    "count",
    "name",
    "service",
    "order_ref",
    "address",
)
"""Kinds of which a speaker means one: the corrected one."""

_CORRECTION = re.compile(
    r"不对|不是|说错|错了|记错|弄错|口误|[哦噢啊唉哎嗯]不|不不|我是说|应该是|应该|改成|改到|改为|换成|算了还是|要不还是|还是改"
)
_NOT_THIS = re.compile(r"(?:不是|不要|别要|不订|不在|并非)(?:那个|这个)?$")
_BUT_THAT = re.compile(r"^.{0,6}?(?:是|要|订|在|改)")
_DENIED = re.compile(r"^,?(?:可|而|并)?不是$")
_SURE = re.compile(r"(?:是|叫|要|说的|订的|约的)$|错[了乐呢啦]*,?$|不对,?$")
_FAR = 14
"""Characters between the wrong and the right word beyond which nothing is a correction."""


def without_overlaps(candidates: Iterable[Entity]) -> list[Entity]:
    """The longest candidates that don't overlap, in the order of the text; decoys are gone."""
    ranked = sorted(
        candidates,
        key=lambda e: (
            -(e.end - e.start),
            -(e.score if e.kind != NOTHING else 2),
            _RANK.get(e.kind, -1),
            e.start,
        ),
    )
    taken: list[Entity] = []
    for entity in ranked:
        if all(entity.end <= other.start or entity.start >= other.end for other in taken):
            taken.append(entity)
    return sorted((e for e in taken if e.kind != NOTHING), key=lambda e: e.start)


def corrected(text: str, entities: list[Entity]) -> list[Entity]:
    """后天不对大后天 and 不是后天是大后天 keep only 大后天."""
    dropped: set[int] = set()
    for kind in _SINGLE:
        same = [index for index, entity in enumerate(entities) if entity.kind == kind]
        for first, second in pairwise(same):
            wrong, right = entities[first], entities[second]
            between = text[wrong.end : right.start]
            if len(between) > _FAR:
                continue
            denied = _NOT_THIS.search(text[: wrong.start]) and _BUT_THAT.match(between + "是")
            if _DENIED.search(between) and (
                _SURE.search(text[: wrong.start]) or "," in between[:1]
            ):
                dropped.add(second)  # 是四份不是十份
            elif _CORRECTION.search(between) or denied or _vague_before_exact(wrong, right):
                dropped.add(first)
    return [entity for index, entity in enumerate(entities) if index not in dropped]


def _vague_before_exact(first: Entity, second: Entity) -> bool:
    """八十多了,八十四 tells one age twice."""
    if first.kind != "age" or first.score >= second.score or second.start - first.end > 3:
        return False
    return 0 <= int(second.value) - int(first.value) <= 9
