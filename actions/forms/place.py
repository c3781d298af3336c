"""A correction of a part of an address: 是8号楼 keeps the estate and the door."""

import re

_PART = re.compile(r"([0-9A-Za-z零一二三四五六七八九十百]+)(号楼|栋|幢|单元|层|楼|室|号)")

_NUMBER = re.compile(r"[0-9零一二三四五六七八九十百]+")
_LAST_NUMBER = re.compile(r"[0-9零一二三四五六七八九十百]+(?=(?:室|号)?$)")


def merged(old: str | None, new: str) -> str:
    """`new`, or, when it is nothing but parts of an address, `old` with these parts replaced."""
    if old and _NUMBER.fullmatch(new):
        return _LAST_NUMBER.sub(new, old, count=1) if _LAST_NUMBER.search(old) else old + new
    parts = _PART.findall(new)
    if not old or not parts or _PART.sub("", new):
        return new
    for number, unit in parts:
        known = re.compile(rf"[0-9A-Za-z零一二三四五六七八九十百]+{unit}")
        old = known.sub(number + unit, old, count=1) if known.search(old) else old + number + unit
    return old
