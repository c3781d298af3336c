"""Towns and communities that stand directly before an address, so that a driver finds it."""

import re
from collections.abc import Sequence

from care.language.entity import Entity

_SMALL = ("镇", "乡", "苏木", "街道", "社区", "嘎查")
"""Ends of full names of regions that are a part of an address: 达来呼布镇 东街6号."""

_TOWN = re.compile(r"[一-鿿]{2}(?:镇|乡|苏木|街道)(?=.)")
"""An address that names its town is written out from the district on."""


def with_towns(text: str, address: Entity, regions: Sequence[Entity]) -> Entity:
    """`address` with the towns and communities of `regions` that adjoin it.

    When it names a town, its value also tells the districts and cities before that, which remain
    regions of their own: 额济纳旗 (region) 达来呼布镇东街6号 (address, 额济纳旗达来呼布镇东街6号).
    """
    ending = {place.end: place for place in regions}
    start = address.start
    place = ending.get(start)
    while place and place.value.endswith(_SMALL):
        start = place.start
        place = ending.get(start)
    first = start
    in_town = _TOWN.search(text[start : address.end]) or any(
        start <= region.start < address.start and not region.value.endswith(("社区", "嘎查"))
        for region in regions
    )
    while in_town and place:
        first = place.start
        place = ending.get(first)
    if first == address.start:
        return address
    return Entity("address", text[first : address.end], start, address.end, address.score)
