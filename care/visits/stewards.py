"""养老管家: who they are, and which communities each looks after."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from care.elders.number import national
from care.visits.model import Steward, StewardRegion
from care.visits.rules import Within
from care.visits.sentences import VisitError


class Stewards:
    """Who looks after a region: its own steward, or that of a region around it."""

    def __init__(self, session: Session, within: Within) -> None:
        query = select(StewardRegion).join(Steward, Steward.id == StewardRegion.steward_id)
        active = session.scalars(query.where(Steward.active))
        self._assigned = {each.region: each.steward_id for each in active}
        self._within = within
        self._known: dict[str, int | None] = {}

    def of(self, region: str | None) -> int | None:
        """The steward's number; None when nobody looks after it."""
        if region is None:
            return None
        if region not in self._known:
            around = [name for name in self._assigned if self._within(region, name)]
            # The nearest one lies in all the others.
            around.sort(key=lambda name: sum(self._within(name, other) for other in around))
            self._known[region] = self._assigned[around[-1]] if around else None
        return self._known[region]


@dataclass(frozen=True)
class Card:
    """One steward, for a page."""

    steward: Steward
    regions: tuple[str, ...]


def everybody(session: Session) -> list[Card]:
    """All stewards with their regions; those who left stand last."""
    regions: dict[int, list[str]] = {}
    for row in session.scalars(select(StewardRegion).order_by(StewardRegion.region)):
        regions.setdefault(row.steward_id, []).append(row.region)
    query = select(Steward).order_by(Steward.active.desc(), Steward.name, Steward.id)
    return [Card(each, tuple(regions.get(each.id, ()))) for each in session.scalars(query)]


def add(session: Session, *, name: str, phone: str, regions: Sequence[str]) -> Steward:
    """A new steward; their regions are taken from whoever had them. Raises VisitError."""
    steward = Steward(name=_name(name), phone=_phone(phone), active=True)
    session.add(steward)
    session.flush()
    _give(session, steward.id, regions)
    return steward


def change(
    session: Session, number: int, *, name: str, phone: str, regions: Sequence[str], active: bool
) -> None:
    """Raises VisitError. Who leaves has no regions any more; the next plan gives their visits to
    others."""
    steward = session.get(Steward, number)
    if steward is None:
        raise VisitError("no_steward")
    steward.name, steward.phone, steward.active = _name(name), _phone(phone), active
    session.execute(delete(StewardRegion).where(StewardRegion.steward_id == number))
    _give(session, number, regions if active else ())


def _give(session: Session, number: int, regions: Sequence[str]) -> None:
    session.execute(delete(StewardRegion).where(StewardRegion.region.in_(regions)))
    session.add_all(StewardRegion(region=region, steward_id=number) for region in set(regions))
    session.flush()


def _name(typed: str) -> str:
    name = typed.strip()
    if not 0 < len(name) <= 32:
        raise VisitError("name_bad")
    return name


def _phone(typed: str) -> str:
    number = national(typed)
    if number is None:
        raise VisitError("phone_bad")
    return number
