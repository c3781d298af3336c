"""Versions of what is shown: the number of the newest event of its course.

Every change writes an event, whichever way it came; so no column has to be kept beside it.
"""

from fastapi import Response
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from care.alarms.model import AlarmEvent
from care.api_keys.sentences import Sentences
from care.benefits.model import BenefitEvent
from care.elders.event import ElderEvent
from care.orders.model import OrderEvent
from care.visits.model import VisitEvent
from console.api.v1.problems import ProblemError

ORDER = OrderEvent.order_id
ELDER = ElderEvent.elder_id
VISIT = VisitEvent.visit_id
ALARM = AlarmEvent.alarm_id
BENEFIT = BenefitEvent.case_id


def version(session: Session, of: InstrumentedAttribute[int], number: int) -> str:
    """The ETag of the order, elder, … of this number."""
    newest = session.scalar(select(func.max(of.class_.id)).where(of == number))
    return f'"{newest or 0}"'


def mark(session: Session, response: Response, of: InstrumentedAttribute[int], number: int) -> None:
    """Puts it into the answer."""
    session.flush()
    response.headers["ETag"] = version(session, of, number)


def check(
    session: Session,
    given: str,
    of: InstrumentedAttribute[int],
    number: int,
    sentences: Sentences,
) -> None:
    """Raises ProblemError when it is not as the caller read it. The row is locked."""
    known = {each.strip() for each in given.split(",")}
    if "*" not in known and version(session, of, number) not in known:
        raise ProblemError(412, "version_old", sentences.version_old)
