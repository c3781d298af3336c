"""What elders get already, by hand or from a list of the office that pays."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from care.benefits.model import BenefitReceipt


def of_elder(session: Session, elder_id: int, on: date) -> list[BenefitReceipt]:
    """What they get on this day."""
    query = select(BenefitReceipt).where(
        BenefitReceipt.elder_id == elder_id,
        or_(BenefitReceipt.ended_on.is_(None), BenefitReceipt.ended_on > on),
    )
    return list(session.scalars(query.order_by(BenefitReceipt.id)))


def record(
    session: Session,
    *,
    elder_id: int,
    benefit: str,
    by: str,
    now: datetime,
    rule: str | None = None,
    since: date | None = None,
) -> BenefitReceipt:
    """They get it; recording it again changes nothing. `rule` None: whatever its band."""
    for known in of_elder(session, elder_id, now.date()):
        if (known.benefit, known.rule) == (benefit, rule):
            return known
    made = BenefitReceipt(
        elder_id=elder_id, benefit=benefit, rule=rule, since=since, recorded_at=now, by=by
    )
    session.add(made)
    return made
