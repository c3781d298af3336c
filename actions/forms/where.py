"""In which region an order's place lies."""

from care.regions.region import Regions


def region_in(place: str, regions: Regions) -> str | None:
    """The full name of the deepest region that the address names; None when it names none."""
    named = regions.named_in(place)
    return named.name if named else None
