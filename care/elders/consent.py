"""What an elder agreed to: recording, keeping data, visits by telephone. Every word is kept."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from care.elders.event import note
from care.storage.base import Base, Instant


class Consent(str, Enum):
    """What may be agreed to."""

    RECORDING = "recording"
    DATA = "data"
    VISITS = "visits"
    """That the assistant telephones for a visit. Whoever says no is visited by a person."""


WORDS: Mapping[Consent, str] = {
    Consent.DATA: "保存资料",
    Consent.RECORDING: "通话录音",
    Consent.VISITS: "电话探访",
}
"""As the desk and sheets call them."""


class ElderConsent(Base):
    """Somebody said yes or no. Append-only; the last word counts."""

    __tablename__ = "elder_consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    """See Consent."""
    given: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
    """Who wrote it down."""
    how: Mapped[str] = mapped_column(String(64), default="")
    """By telephone, on paper, through whom."""


def consents(session: Session, elder_id: int) -> list[ElderConsent]:
    """All of an elder, the latest first."""
    query = select(ElderConsent).where(ElderConsent.elder_id == elder_id)
    return list(session.scalars(query.order_by(ElderConsent.id.desc())))


def current(session: Session, elder_id: int) -> dict[Consent, ElderConsent]:
    """The last word on each kind; a kind that was never asked is missing."""
    found: dict[Consent, ElderConsent] = {}
    for row in consents(session, elder_id):
        found.setdefault(Consent(row.kind), row)
    return found


def agreed(session: Session, elder_id: int, kind: Consent) -> bool | None:
    """Yes, no, or None when nobody asked."""
    last = current(session, elder_id).get(kind)
    return None if last is None else last.given


def agreed_among(session: Session, elder_ids: Collection[int], kind: Consent) -> frozenset[int]:
    """Those whose last word on it is yes."""
    asked = (ElderConsent.kind == kind.value, ElderConsent.elder_id.in_(elder_ids))
    last = select(func.max(ElderConsent.id)).where(*asked).group_by(ElderConsent.elder_id)
    query = select(ElderConsent.elder_id).where(ElderConsent.id.in_(last), ElderConsent.given)
    return frozenset(session.scalars(query))


def say(
    session: Session,
    elder_id: int,
    kind: Consent,
    *,
    given: bool,
    how: str,
    by: str,
    now: datetime,
) -> None:
    """Writes down what they said."""
    session.add(
        ElderConsent(elder_id=elder_id, kind=kind.value, given=given, at=now, by=by, how=how)
    )
    told = {"field": kind.value, "after": "yes" if given else "no"}
    note(session, elder_id, "consent", by=by, now=now, **told)
