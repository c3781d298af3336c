"""What the pages about canteens have in common."""

from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from typing import Annotated

from fastapi import Query
from sqlalchemy.orm import Session

from care.canteens.model import Canteen
from care.canteens.refused import RefusedError
from care.canteens.sentences import sentence
from care.canteens.way import NAMES, named
from care.operators.signed_in import SignedIn
from care.orders.steps import Act
from console.desk.answers import refuse
from console.desk.floor import Floor
from console.desk.one_step import Refusals, one_step
from console.desk.page import templates

HERE = "/desk/canteens/{number:int}"
HOW = "desk"
_WEEK = 7
_REFUSALS: Refusals = {RefusedError: lambda error: refuse(str(error), 400)}

templates.env.filters.update(ways=named)
templates.env.globals.update(way_names=NAMES)

Day = Annotated[date | None, Query(ge=date(2020, 1, 1), le=date(2100, 1, 1))]


def changing(floor: Floor) -> AbstractContextManager[Session]:
    """A transaction; a refusal is said in its sentence."""
    return one_step(floor.sessions, _REFUSALS)


def act_of(floor: Floor, who: SignedIn) -> Act:
    """Somebody at the desk, now."""
    return Act(who.name, floor.clock(), HOW)


def canteen_or_404(session: Session, number: int) -> Canteen:
    """Raises what the desk answers with 404."""
    found = session.get(Canteen, number)
    if found is None:
        raise refuse(sentence("no_such_canteen"), 404)
    return found


def week_of(on: date) -> list[date]:
    """Its days, Monday first."""
    monday = on - timedelta(days=on.weekday())
    return [monday + timedelta(days=days) for days in range(_WEEK)]


def hour(text: str) -> time | None:
    """An hour as browsers send it; None for anything else."""
    try:
        return time.fromisoformat(text.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None
