"""Colleagues whom the operator who has a caller asked into the call."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.desk.seats import present
from care.handovers import service as handovers
from care.handovers.model import Handover, HandoverEvent


class NotHereError(LookupError):
    """This colleague isn't at the desk."""


def invite(
    session: Session, conversation_id: int, *, colleague: str, by: str, now: datetime
) -> None:
    """Asks somebody in; it holds while `by` has the caller. Raises NotHereError."""
    if colleague == by or colleague not in {each.operator for each in present(session)}:
        raise NotHereError(colleague)
    handovers.note(session, conversation_id, kind="invited", by=by, now=now, text=colleague)


def invitations(session: Session, colleague: str) -> dict[int, str]:
    """The conversations that somebody is asked into, and who asks."""
    query = (
        select(HandoverEvent.conversation_id, HandoverEvent.by)
        .join(Handover, Handover.id == HandoverEvent.handover_id)
        .where(
            HandoverEvent.kind == "invited",
            HandoverEvent.note == colleague,
            HandoverEvent.by == Handover.operator,
            HandoverEvent.at >= Handover.claimed_at,
            Handover.state == "claimed",
        )
    )
    return {row.conversation_id: row.by for row in session.execute(query)}
