"""An elder says: not now. It is noted and told to people; the plan stays as it is."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.desk import callbacks
from care.elders.model import Elder
from care.visits.model import PUT_OFF, VisitEvent
from care.visits.outcome import ASSISTANT
from care.visits.sentences import Sentences
from care.visits.service import planned


def put_off(session: Session, elder: Elder, conversation_id: int | None, *, now: datetime) -> bool:
    """Notes it in the course of the visit that is planned next, and puts the elder on the desk's
    list to be telephoned, once a day; False when no visit is planned."""
    visit = planned(session, elder.id)
    if visit is None:
        return False
    query = select(VisitEvent.at).where(VisitEvent.visit_id == visit.id, VisitEvent.kind == PUT_OFF)
    if any(at.date() == now.date() for at in session.scalars(query)):
        return True
    session.add(VisitEvent(visit_id=visit.id, at=now, kind=PUT_OFF, by=ASSISTANT, note=""))
    days = f"{visit.due_from:%m-%d} 到 {visit.due_on:%m-%d}"
    about = Sentences.say("callback_put_off", days=days)
    wish = callbacks.Wish(elder.phone, about, now, elder.name, conversation_id)
    callbacks.make(session, wish, by=ASSISTANT, now=now)
    return True
