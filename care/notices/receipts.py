"""Keeps what came of every attempt, and tells who has a notice already."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.notices.model import NoticeDelivery
from care.notices.port import Notice
from care.notices.recipient import Recipient, Route
from care.storage.engine import Sessions, readers

DELIVERED, FAILED = "delivered", "failed"


def is_told(sessions: Sessions, notice: Notice, recipient: Recipient) -> bool:
    """Whether this recipient has this notice, perhaps from before a restart."""
    query = select(NoticeDelivery.id).where(
        NoticeDelivery.key == notice.key,
        NoticeDelivery.recipient == recipient.name,
        NoticeDelivery.state == DELIVERED,
    )
    with readers(sessions)() as session:
        return session.scalar(query.limit(1)) is not None


def keep(
    sessions: Sessions,
    notice: Notice,
    recipient: Recipient,
    route: Route,
    *,
    attempt: int,
    error: str | None,
    now: datetime,
) -> None:
    """Commits one attempt; no error means delivered."""
    with sessions.begin() as session:
        session.add(
            NoticeDelivery(
                key=notice.key,
                alarm_ref=notice.alarm_ref,
                audience=notice.audience.value,
                recipient=recipient.name,
                channel=route.channel,
                target=route.masked,
                attempt=attempt,
                state=FAILED if error else DELIVERED,
                at=now,
                error=error,
            )
        )


def of_alarm(session: Session, alarm_ref: str) -> list[NoticeDelivery]:
    """Everything that was tried for an alarm, oldest first."""
    query = select(NoticeDelivery).where(NoticeDelivery.alarm_ref == alarm_ref)
    return list(session.scalars(query.order_by(NoticeDelivery.id)))
