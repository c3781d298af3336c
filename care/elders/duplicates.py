"""Records that may be of one person: the same number, or name, birth and region."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from care.elders.model import MERGED, Elder
from care.elders.reading import Values
from care.elders.sounding import sound_key

AT_ONCE = 50
"""Pairs on a page."""
_AT_A_TIME = 500


@dataclass(frozen=True)
class Pair:
    """Two records for a person to look at."""

    first: Elder
    second: Elder


Person = tuple[str, int | None, str | None]
"""How the name sounds, year of birth, region."""


def person_of(values: Values) -> Person:
    """What two records of one person share, however the name was written."""
    return sound_key(values["name"]), values.get("birth_year"), values.get("region")


def alike(session: Session, entries: Collection[Values]) -> dict[Person, list[Elder]]:
    """Records that these would repeat; whoever has no year of birth is compared with nobody.

    Numbers need no looking for: care.elders.writing refuses one that is taken.
    """
    found: dict[Person, list[Elder]] = {}
    wanted = {person_of(each) for each in entries if each.get("birth_year")}
    sounds = sorted({person[0] for person in wanted})
    for at in range(0, len(sounds), _AT_A_TIME):
        part = sounds[at : at + _AT_A_TIME]
        rows = select(Elder).where(Elder.sound.in_(part), Elder.state != MERGED)
        for elder in session.scalars(rows.order_by(Elder.id)):
            person = (elder.sound, elder.birth_year, elder.region)
            if person in wanted:
                found.setdefault(person, []).append(elder)
    return found


def pairs(session: Session) -> list[Pair]:
    """Records that are there already and may be of one person, the oldest first."""
    other = aliased(Elder)
    query = (
        select(Elder, other)
        .join(
            other,
            and_(
                other.sound == Elder.sound,
                other.birth_year == Elder.birth_year,
                other.region == Elder.region,
                other.id > Elder.id,
            ),
        )
        .where(Elder.state != MERGED, other.state != MERGED)
        .where(
            Elder.birth_date.is_(None)
            | other.birth_date.is_(None)
            | (Elder.birth_date == other.birth_date)
        )
        .order_by(Elder.id, other.id)
        .limit(AT_ONCE)
    )
    return [Pair(first, second) for first, second in session.execute(query)]
