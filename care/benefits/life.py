"""What people do with a case: each step one conditional update and one event."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.benefits.model import BenefitCase, BenefitEvent, BenefitReceipt
from care.benefits.state import WAYS, State, Step

NOTE_LENGTH = 300
"""Characters of a note; longer ones are cut."""


class CaseNotFoundError(LookupError):
    """No case has this number."""


class NotNowError(RuntimeError):
    """The case isn't where the step begins; somebody else may have been quicker."""

    def __init__(self, state: State) -> None:
        """`state`: where it is."""
        super().__init__(state.value)
        self.state = state


def find(session: Session, number: int) -> BenefitCase:
    """The case. Raises CaseNotFoundError."""
    found = session.get(BenefitCase, number)
    if found is None:
        raise CaseNotFoundError(f"benefit case {number}")
    return found


def take_step(
    session: Session,
    number: int,
    step: Step,
    *,
    by: str,
    now: datetime,
    note: str = "",
    since: date | None = None,
) -> None:
    """Of two who press at once exactly one succeeds.

    `since` is the day from which they get it, for GRANT and RECEIVES: both record a receipt.
    Raises CaseNotFoundError or NotNowError.
    """
    way = WAYS[step]
    values = {"state": way.after.value, "missing": None, "changed_at": now}
    changed = session.execute(
        update(BenefitCase)
        .where(BenefitCase.id == number, BenefitCase.state.in_([s.value for s in way.before]))
        .values(**values)
        .returning(BenefitCase.elder_id, BenefitCase.benefit, BenefitCase.rule)
    ).first()
    if changed is None:
        raise NotNowError(State(find(session, number).state))
    if step in (Step.GRANT, Step.RECEIVES):
        elder_id, benefit, rule = changed
        session.add(
            BenefitReceipt(
                elder_id=elder_id,
                benefit=benefit,
                rule=rule,
                since=since or now.date(),
                recorded_at=now,
                by=by,
            )
        )
    keep_event(session, number, step.value, by=by, now=now, note=note)


def keep_event(
    session: Session, number: int, kind: str, *, by: str, now: datetime, note: str = ""
) -> None:
    """Adds to the course of a case."""
    text = note.strip()[:NOTE_LENGTH]
    session.add(BenefitEvent(case_id=number, at=now, kind=kind, by=by, note=text))


def events(session: Session, number: int) -> list[BenefitEvent]:
    """The course, oldest first."""
    query = select(BenefitEvent).where(BenefitEvent.case_id == number)
    return list(session.scalars(query.order_by(BenefitEvent.id)))
