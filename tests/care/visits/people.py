"""Elders, consents and stewards for tests of visits."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.data_files import DATA
from care.elders.consent import Consent, ElderConsent
from care.elders.model import Elder
from care.regions.region import Regions
from care.visits.rules import Rules
from tests.conftest import NOW

REGIONS = Regions.load(DATA / "regions.yml")
RULES = Rules.load()
HOME = "纳林高勒社区"
"""A community in 额济纳旗, 阿拉善盟."""


def add_elder(
    session: Session,
    number: int = 1,
    situations: tuple[str, ...] = ("空巢",),
    region: str | None = HOME,
    *,
    agrees: bool | None = None,
    ability: int | None = None,
    at: datetime = NOW,
) -> Elder:
    """The `number`th of all; `agrees`: to be called on visits."""
    elder = Elder(
        name=f"王桂兰{number}",
        phone=f"1380000{number:04}",
        region=region,
        address="东街3号",
        situations=frozenset(situations),
        ability=ability,
    )
    session.add(elder)
    session.flush()
    if agrees is not None:
        kind = Consent.VISITS.value
        consent = ElderConsent(elder_id=elder.id, kind=kind, given=agrees, at=at, by="test")
        session.add(consent)
    return elder
