"""The access token of the account: one for all processes, renewed early by one of them.

No transaction is held while the platform is asked: whoever renews holds the row by a lease.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.wechat.model import WechatToken

EARLY = timedelta(minutes=4)
"""Before its end a token is renewed. Asked earlier than five minutes before, `stable_token` gives
the same one again; from then on the old and the new one are both good (WeChat's documentation)."""
_HELD = timedelta(seconds=20)
"""How long whoever renews may be silent."""


@dataclass(frozen=True)
class Held:
    """What is known of the token now."""

    token: str | None
    """None when there is none that is good."""
    renew: bool
    """Whether the asker is to renew it, and nobody else is."""
    rejected: str | None = None
    """A token that was refused: if it comes again, it must be forced."""


def fresh(session: Session, appid: str, now: datetime) -> str | None:
    """The token, unless it is to be renewed: then whoever asks has to `look`."""
    return session.scalar(
        select(WechatToken.token).where(
            WechatToken.appid == appid, WechatToken.good_until > now + EARLY
        )
    )


def look(session: Session, appid: str, owner: str, now: datetime) -> Held:
    """The token; of several who ask while it is to be renewed, exactly one is told to."""
    row = _row(session, appid)
    good = row.good_until is not None and now < row.good_until
    if good and row.good_until is not None and now < row.good_until - EARLY:
        return Held(row.token, renew=False)
    free = or_(WechatToken.held_until.is_(None), WechatToken.held_until < now)
    # Somebody may have renewed it since it was read here.
    same = WechatToken.good_until.is_not_distinct_from(row.good_until)
    taken = session.execute(
        update(WechatToken)
        .where(WechatToken.appid == appid, free, same)
        .values(owner=owner, held_until=now + _HELD)
        .returning(WechatToken.appid)
    ).first()
    return Held(row.token if good else None, renew=taken is not None, rejected=row.rejected)


def renewed(session: Session, appid: str, owner: str, token: str, *, good_until: datetime) -> None:
    """Keeps the new token, if the asker still is the one to renew it."""
    session.execute(
        update(WechatToken)
        .where(WechatToken.appid == appid, WechatToken.owner == owner)
        .values(token=token, good_until=good_until, rejected=None, owner=None, held_until=None)
    )


def given_up(session: Session, appid: str, owner: str) -> None:
    """The platform didn't give one: somebody else may try."""
    session.execute(
        update(WechatToken)
        .where(WechatToken.appid == appid, WechatToken.owner == owner)
        .values(owner=None, held_until=None)
    )


def rejected(session: Session, appid: str, token: str) -> None:
    """The platform refused this token: it is good no more. A newer one is not touched."""
    session.execute(
        update(WechatToken)
        .where(WechatToken.appid == appid, WechatToken.token == token)
        .values(token=None, good_until=None, rejected=token)
    )


def _row(session: Session, appid: str) -> WechatToken:
    query = select(WechatToken).where(WechatToken.appid == appid)
    query = query.execution_options(populate_existing=True)
    row = session.scalar(query)
    if row is None:
        try:
            with session.begin_nested():
                session.add(WechatToken(appid=appid))
        except IntegrityError:  # another process was quicker
            pass
        row = session.scalars(query).one()
    return row
