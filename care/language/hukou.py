"""Household registrations that are said not to be in a place that is named."""

import re
from collections.abc import Iterator, Sequence

from care.language.entity import Entity

_DENIED = re.compile(r"(?:(?<!是)不是|不属于|(?<!有)没有?)(?:咱们?|我们)?$")
_REGISTERED = re.compile(r"的?(户口|户籍)")
_NOT_IN = re.compile(r"(户口|户籍)(?:也|都|又|还)?不(?:是|在|属于)$")


def find_foreign_hukou(text: str, regions: Sequence[Entity]) -> Iterator[Entity]:
    """不是阿拉善户口 and 户口不是阿拉善的; only 户口 is the entity, the region stays one."""
    for region in regions:
        before = text[: region.start]
        after = _REGISTERED.match(text, region.end)
        if after and _DENIED.search(before):
            yield Entity("hukou", "nonlocal", *after.span(1), 0.95)
        told = _NOT_IN.search(before)
        if told:
            yield Entity("hukou", "nonlocal", *told.span(1), 0.95)
