"""Who in WeChat is which elder, or belongs to them, and what they wish to be told of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import Session

from care.elders.event import note
from care.elders.model import Elder
from care.elders.service import kept
from care.wechat.bound import WechatBinding, WechatOptIn
from care.wechat.code import Grant
from care.wechat.model import WechatUser
from care.wechat.users import SENDER

TOPICS = ("alarm", "order", "visit")


@dataclass(frozen=True)
class Bound:
    """One elder whom somebody in WeChat may speak for."""

    binding: WechatBinding
    elder: Elder

    @property
    def is_self(self) -> bool:
        """They are the elder themselves."""
        return self.binding.role == "elder"


def bind(session: Session, openid: str, grant: Grant, now: datetime) -> WechatBinding:
    """Ties an openid to an elder's record; what was there already stays as it is."""
    query = select(WechatBinding).where(
        WechatBinding.openid == openid,
        WechatBinding.elder_id == grant.elder_id,
        WechatBinding.ended_at.is_(None),
    )
    found = session.scalar(query)
    if found is None:
        found = WechatBinding(openid=openid, bound_at=now, **vars(grant))
        session.add(found)
        session.flush()
    return found


def end(session: Session, openid: str, now: datetime) -> int:
    """They speak for nobody any more; how many bindings that were."""
    ended = session.execute(
        update(WechatBinding)
        .where(WechatBinding.openid == openid, WechatBinding.ended_at.is_(None))
        .values(ended_at=now)
        .returning(WechatBinding.id)
    )
    return len(ended.all())


def of_elder(session: Session, elder_id: int) -> list[WechatBinding]:
    """Who speaks for an elder: themselves first, then in order of binding."""
    query = (
        select(WechatBinding)
        .join(Elder, Elder.id == WechatBinding.elder_id)
        .where(_is(elder_id), WechatBinding.ended_at.is_(None))
        .order_by(WechatBinding.role, WechatBinding.id)
    )
    return list(session.scalars(query))


def take_back(
    session: Session, elder_id: int, *, by: str, now: datetime, number: int | None = None
) -> int:
    """The elder withdraws the consent to one binding, or to all of their family; how many ended."""
    rows = of_elder(session, elder_id)
    ended = [row for row in rows if (row.role == "family" if number is None else row.id == number)]
    for row in ended:
        row.ended_at = now
        note(session, elder_id, "wechat", by=by, now=now, after=row.role)
    return len(ended)


def bound(session: Session, openid: str) -> list[Bound]:
    """The elders whom somebody may speak for: themselves first, then in order of binding."""
    query = (
        select(WechatBinding, Elder)
        .join(Elder, Elder.id == WechatBinding.elder_id)
        .where(WechatBinding.openid == openid, WechatBinding.ended_at.is_(None))
        .order_by(WechatBinding.role, WechatBinding.id)  # elder before family
    )
    return [Bound(row, kept(session, elder)) for row, elder in session.execute(query)]


def of_sender(session: Session, sender_id: str) -> list[Bound]:
    """As `bound`, by a conversation's sender; nobody for one that isn't in WeChat."""
    if not sender_id.startswith(SENDER):
        return []
    return bound(session, sender_id.removeprefix(SENDER))


def themselves(session: Session, conversation_ids: Collection[int]) -> dict[int, Elder]:
    """The elders who speak in these conversations themselves; others are missing."""
    query = (
        select(WechatUser.conversation_id, Elder)
        .join(WechatBinding, WechatBinding.openid == WechatUser.openid)
        .join(Elder, Elder.id == WechatBinding.elder_id)
        .where(
            WechatUser.conversation_id.in_(conversation_ids),
            WechatBinding.role == "elder",
            WechatBinding.ended_at.is_(None),
        )
        .order_by(WechatBinding.id)
    )
    return {number: kept(session, elder) for number, elder in session.execute(query) if number}


def family_of(session: Session, conversation_id: int) -> tuple[Elder, ...]:
    """The elders for whom a relative speaks in this conversation."""
    query = select(WechatUser.openid).where(WechatUser.conversation_id == conversation_id)
    openid = session.scalar(query)
    theirs = bound(session, openid) if openid else []
    return tuple(each.elder for each in theirs if not each.is_self)


def opt_in(session: Session, openid: str, topics: Collection[str], now: datetime) -> int:
    """Notices of these topics for all whom they are bound to; how many elders that are."""
    own = [each.binding.id for each in bound(session, openid)]
    there = {
        (row.binding_id, row.topic)
        for row in session.scalars(select(WechatOptIn).where(WechatOptIn.binding_id.in_(own)))
    }
    for number in own:
        for topic in topics:
            if (number, topic) not in there:
                session.add(WechatOptIn(binding_id=number, topic=topic, at=now))
    return len(own)


def opt_out(session: Session, openid: str) -> int:
    """No notices any more; how many there were."""
    own = [each.binding.id for each in bound(session, openid)]
    rows = list(session.scalars(select(WechatOptIn).where(WechatOptIn.binding_id.in_(own))))
    for row in rows:
        session.delete(row)
    return len(rows)


def who_wants(session: Session, elder_id: int, topic: str) -> list[WechatBinding]:
    """Those who wish to be told when this happens to an elder."""
    return list(session.scalars(_wanting(topic).where(_is(elder_id)).order_by(WechatBinding.id)))


def elders_followed(topic: str) -> Select[int]:
    """The numbers of all elders for whom `who_wants` finds somebody."""
    return _wanting(topic).with_only_columns(func.coalesce(Elder.merged_into_id, Elder.id))


def _is(elder_id: int) -> ColumnElement[bool]:
    """The elder, or a record that was merged into theirs."""
    return or_(Elder.id == elder_id, Elder.merged_into_id == elder_id)


def _wanting(topic: str) -> Select[WechatBinding]:
    return (
        select(WechatBinding)
        .join(WechatOptIn, WechatOptIn.binding_id == WechatBinding.id)
        .join(Elder, Elder.id == WechatBinding.elder_id)
        .where(WechatBinding.ended_at.is_(None), WechatOptIn.topic == topic)
    )
