"""The canteen that is nearest to somebody, as far as regions tell."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.canteens.model import Canteen
from care.regions.region import Regions

_NEAR_ENOUGH = "district"
"""Nobody walks to a canteen of another 旗/区/县."""


def nearest(
    session: Session, region: str | None, regions: Regions, *, way: str | None = None
) -> Canteen | None:
    """One that shares the deepest region with `region`, a full name of `data/regions.yml`.

    None where the two don't even share a district, or `region` isn't known as deep as that.
    `way`: only those that serve in it (care.canteens.way).
    """
    own = regions.path(region) if region else ()
    found = [
        (depth, canteen)
        for canteen in session.scalars(select(Canteen).where(Canteen.active).order_by(Canteen.id))
        if (way is None or way in canteen.ways)
        and (depth := _shared(own, regions.path(canteen.region), regions)) > 0
    ]
    return max(found, key=lambda each: each[0])[1] if found else None


def is_placed(region: str | None, regions: Regions) -> bool:
    """Whether a region is known deep enough to say what is near."""
    return region is not None and _shared(regions.path(region), regions.path(region), regions) > 0


def _shared(one: tuple[str, ...], other: tuple[str, ...], regions: Regions) -> int:
    """How many regions both lie in; 0 where no district is among them."""
    both = [name for name, same in zip(one, other, strict=False) if name == same]
    levels = {found.level for name in both if (found := regions.find(name))}
    return len(both) if _NEAR_ENOUGH in levels else 0
