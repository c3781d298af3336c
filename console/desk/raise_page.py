"""`/desk/raise`: an operator raises an alarm by hand."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BaseModel, Field

from care.alarms import service as alarms
from care.desk.person import Person
from care.elders.household import shared_address
from care.elders.model import Elder
from care.elders.number import national
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.answers import go, refuse
from console.desk.floor import Floor
from console.desk.page import page
from console.desk.whom import elder_called, person_of

HOW = "desk"
MOST_TEXT = 500

Operator = Annotated[SignedIn, Depends(may(Right.WORK_ALARMS))]


class RaiseForm(BaseModel):
    """What an operator filled in."""

    category: str = Field("", max_length=32)
    severity: int = Field(2, ge=1, le=3)
    said: str = Field("", max_length=MOST_TEXT)
    place: str = Field("", max_length=300)
    person: str = Field("", max_length=64)
    phone: str = Field("", max_length=40)
    reference: str = Field("", max_length=64)
    conversation: int | None = None
    csrf_token: str = ""


def build_router(floor: Floor) -> APIRouter:
    """The form, and what it does."""
    router = APIRouter(prefix="/desk/raise")

    @router.get("")
    def form(request: Request, _who: Operator, conversation: int | None = None) -> Response:
        with floor.reading() as session:
            person = person_of(session, conversation)
            place = shared_address([session.get_one(Elder, each) for each in person.elders])
        return page(
            request,
            "desk/raise.html",
            person=person,
            place=place or "",
            conversation=conversation,
            categories=floor.alarm_words.categories,
            severities=floor.alarm_words.severities,
            reference=secrets.token_hex(8),
            now=floor.clock(),
        )

    @router.post("")
    def raise_(request: Request, who: Operator, form: Annotated[RaiseForm, Form()]) -> Response:
        if form.category not in floor.alarm_words.categories:
            raise refuse("选一种报警。", 400)
        if not form.said.strip():
            raise refuse("写一句出了什么事。", 400)
        with floor.reading() as session:
            person = person_of(session, form.conversation)
            elder_id = elder_called(session, person, form.person)
        report = alarms.Report(
            category=form.category,
            severity=form.severity,
            said=form.said.strip(),
            conversation_id=form.conversation,
            person=form.person.strip() or person.name,
            phone=_number(form.phone, person),
            place=form.place.strip() or None,
            source="desk",
            # Of the form that was opened: pressed twice, it is one alarm.
            reference=form.reference or None,
            elder_id=elder_id,
            by=who.name,
            how=HOW,
        )
        raised = alarms.raise_(floor.sessions, report, floor.clock())
        return go(request, f"/desk/alarms/{raised.ref}")

    return router


def _number(typed: str, person: Person) -> str | None:
    """The typed one, or the one on record; what can't be dialled must not stop an alarm."""
    return (national(typed) or typed.strip()[:32]) if typed.strip() else person.phone
