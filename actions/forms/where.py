"""In which region an order's place lies."""

from collections.abc import Mapping
from typing import Any

from care.regions.region import Regions


def region_told(slots: Mapping[str, Any], regions: Regions) -> str | None:
    """The full name of the region that somebody said they live in; None when none is known."""
    told = regions.find(slots.get("region") or "")
    return told.name if told else None


def region_in(place: str, regions: Regions) -> str | None:
    """The full name of the deepest region that the address names; None when it names none."""
    named = regions.named_in(place)
    return named.name if named else None
