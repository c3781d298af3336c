"""In which region an order's place lies."""

from care.regions.region import LEVELS, Regions


def region_in(place: str, regions: Regions) -> str | None:
    """The full name of the deepest region that the address names; None when it names none."""
    named = [each for each in regions if any(name in place for name in (each.name, *each.aliases))]
    return max(named, key=lambda each: LEVELS.index(each.level)).name if named else None
