"""Notes at an elder's record that a meal was stopped because of what is in it."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.canteens.fitness import Unfit
from care.elders.event import note

KIND = "meal_stopped"


def note_stopped(
    session: Session, found: Unfit, elder_id: int | None, *, by: str, now: datetime
) -> None:
    """For an allergy, where it is known whose; for anything else nothing."""
    if found.why == "allergy" and elder_id is not None:
        what = f"{found.wish.on} {found.wish.service} {'、'.join(found.allergens)}"
        note(session, elder_id, KIND, by=by, now=now, after=what)
