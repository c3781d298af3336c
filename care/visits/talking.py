"""What an elder says on a visit by telephone, kept as soon as it was said."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.visits.model import VisitAnswer, VisitCall
from care.visits.state import Result


def keep(
    session: Session,
    call_id: int,
    answers: Sequence[tuple[str, str, str]],
    *,
    conversation_id: int | None,
    outcome: Result | None,
    now: datetime,
) -> None:
    """`answers`: question, finding and the words that were heard; `outcome`: the end, if it is."""
    call = session.get_one(VisitCall, call_id)
    call.conversation_id = conversation_id or call.conversation_id
    call.outcome = outcome or call.outcome
    session.add_all(
        VisitAnswer(
            visit_id=call.visit_id,
            call_id=call_id,
            at=now,
            question=question,
            finding=finding,
            said=said,
        )
        for question, finding, said in answers
    )


def latest(session: Session, visit_id: int) -> dict[str, VisitAnswer]:
    """The answer that counts to each question that was asked."""
    query = select(VisitAnswer).where(VisitAnswer.visit_id == visit_id).order_by(VisitAnswer.id)
    return {row.question: row for row in session.scalars(query)}
