"""Table of older people known to the service."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from care.elders.number import home_part
from care.elders.sounding import sound_key
from care.storage.base import Base, Instant
from care.storage.codes import Codes
from care.storage.seal import Sealed

ACTIVE, MOVED, DECEASED, MERGED = "active", "moved", "deceased", "merged"


class Elder(Base):
    """One older person. Never deleted: orders, alarms and calls name them."""

    __tablename__ = "elders"
    __table_args__ = (
        UniqueConstraint("phone", "phone_nth", name="uq_elders_phone"),
        Index("ix_elders_sound", "sound", "id"),
        Index("ix_elders_region", "region", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    sound: Mapped[str] = mapped_column(
        String(128).with_variant(String(128, collation="C"), "postgresql")
    )
    """How the name sounds (care.elders.sounding); follows the name by itself."""
    phone: Mapped[str] = mapped_column(Sealed("elders.phone", findable=True))
    """As it is dialled at home (care.elders.number): a mobile number has one record, a landline one
    for each of the household."""
    phone_nth: Mapped[int] = mapped_column(default=1, server_default="1")
    """Which of those who share the number, from 1 (care.elders.sharing)."""
    phone_home: Mapped[str | None] = mapped_column(
        Sealed("elders.phone_home", findable=True), index=True
    )
    """A landline without its area code, where `phone` has one; follows the phone by itself."""
    identity: Mapped[str | None] = mapped_column(
        Sealed("elders.identity", findable=True), unique=True
    )
    """公民身份号码, 18 signs (GB 11643)."""
    birth_date: Mapped[date | None] = mapped_column(Date)
    birth_year: Mapped[int | None]
    """Follows the birth date by itself; alone where only the year is known."""
    sex: Mapped[str | None] = mapped_column(String(8))
    """female or male."""
    region: Mapped[str | None] = mapped_column(String(32))
    """The deepest region that is known, by its name in `data/regions.yml`."""
    address: Mapped[str | None] = mapped_column(Sealed("elders.address"))
    situations: Mapped[frozenset[str]] = mapped_column(Codes(200), default=frozenset())
    """How they live: codes of `data/elders/situations.yml`."""
    categories: Mapped[frozenset[str]] = mapped_column(Codes(200), default=frozenset())
    """What a household is recognised as: codes of `data/elders/categories.yml`."""
    residence: Mapped[str | None] = mapped_column(String(8))
    """rural or urban household registration."""
    hukou: Mapped[str | None] = mapped_column(String(8))
    """local or nonlocal, seen from where they live."""
    pension: Mapped[bool | None]
    """Whether they draw a basic pension."""
    ability: Mapped[int | None]
    """Assessed level, 0 (能力完好) to 4 (完全失能): the latest of care.elders.ability."""
    ability_on: Mapped[date | None] = mapped_column(Date)
    ability_by: Mapped[str | None] = mapped_column(String(64))
    diet: Mapped[str | None] = mapped_column(String(32))
    """Of `data/lexicon/diets.yml`."""
    allergies: Mapped[frozenset[str]] = mapped_column(Codes(200), default=frozenset())
    """Codes of `data/elders/allergies.yml`."""
    language: Mapped[str | None] = mapped_column(String(16))
    """What they like to speak, of `data/elders/languages.yml`; None for 普通话."""
    health: Mapped[str | None] = mapped_column(Sealed("elders.health"))
    """Notes on their health, for whoever comes to them."""
    service_code: Mapped[str | None] = mapped_column(
        Sealed("elders.service_code", findable=True), unique=True
    )
    """养老服务电子码: opens an order, so it is kept like a password (care.elders.code)."""
    state: Mapped[str] = mapped_column(String(16), default=ACTIVE)
    """active, moved, deceased, or merged into another record."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("elders.id"), index=True)
    added_at: Mapped[datetime | None] = mapped_column(Instant)

    @validates("name", "phone", "birth_date")
    def _follow(self, field: str, value: Any) -> Any:
        if field == "name":
            self.sound = sound_key(value)
        elif field == "phone":
            self.phone_home = home_part(value)
        elif value is not None:
            self.birth_year = value.year
        return value
