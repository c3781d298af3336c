"""An elder's record as the entitlement rules see a person."""

from datetime import date

from care.elders.lists import own_lists
from care.elders.model import Elder
from care.entitlements.profile import Profile

_ABILITIES = ("自理", "半失能", "半失能", "重度失能", "重度失能")
"""By assessed level: 轻度 and 中度失能 are what the rules call 半失能."""


def profile_of(elder: Elder, on: date) -> Profile:
    """What the record tells on a day. What it doesn't say stays open: a record without 低保 may
    only be one in which nobody wrote it down.
    """
    lived = [each for each in own_lists().situations.entries if each.code in elder.situations]
    categories = {each.category for each in lived if each.category} | elder.categories
    ability = next((each.ability for each in lived if each.ability), None)
    return Profile(
        region=elder.region,
        age=age_of(elder, on),
        hukou=elder.hukou,
        residence=elder.residence,
        pension={True: "has", False: "none", None: None}[elder.pension],
        categories=frozenset(categories),
        ability=ability if elder.ability is None else _ABILITIES[elder.ability],
    )


def age_of(elder: Elder, on: date) -> int | None:
    """Full years on a day; where only the year of birth is known, the years that are certain."""
    if elder.birth_date is not None:
        born = elder.birth_date
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if elder.birth_year is not None:
        return on.year - elder.birth_year - 1
    return None
