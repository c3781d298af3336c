"""Who is called in an emergency, and in which order: parts of the record's page."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field

from care.elders import contact as contacts
from care.elders.number import national
from care.elders.sentences import sentence
from console.desk.answers import refuse
from console.desk.elders.shared import Changer, elder_or_404
from console.desk.floor import Floor
from console.desk.live import part


class ContactForm(BaseModel):
    """What an operator filled in."""

    name: str = Field("", max_length=64)
    relation: str = Field("", max_length=32)
    phone: str = Field("", max_length=40)
    agreed: str = Field("", max_length=8)
    csrf_token: str = ""


def build_router(floor: Floor) -> APIRouter:
    """Add, remove, move; each answers with the list as it is then."""
    router = APIRouter(prefix="/desk/elders/{number:int}/contacts")

    def listed(request: Request, number: int) -> Response:
        with floor.reading() as session:
            context = {
                "elder": elder_or_404(session, number),
                "contacts": contacts.contacts(session, number),
                "most_contacts": contacts.MOST,
            }
        return Response(
            part(request, "desk/elders/record/contacts.html", **context), media_type="text/html"
        )

    @router.post("")
    def add(
        request: Request, who: Changer, number: int, form: Annotated[ContactForm, Form()]
    ) -> Response:
        new = contacts.NewContact(
            name=" ".join(form.name.split()),
            relation=" ".join(form.relation.split()),
            phone=_number(form.phone),
            agreed_on=floor.clock().date() if form.agreed == "yes" else None,
        )
        if not new.name:
            raise refuse("写上联系人的姓名。")
        with floor.sessions.begin() as session:
            elder_or_404(session, number)
            try:
                contacts.add(session, number, new, by=who.name, now=floor.clock())
            except contacts.TooManyError as error:
                raise refuse(sentence("too_many_contacts", most=contacts.MOST)) from error
        return listed(request, number)

    @router.post("/{contact:int}/remove")
    def remove(request: Request, who: Changer, number: int, contact: int) -> Response:
        with floor.sessions.begin() as session:
            contacts.remove(session, number, contact, by=who.name, now=floor.clock())
        return listed(request, number)

    @router.post("/{contact:int}/up")
    def up(request: Request, who: Changer, number: int, contact: int) -> Response:
        with floor.sessions.begin() as session:
            contacts.move_up(session, number, contact, by=who.name, now=floor.clock())
        return listed(request, number)

    @router.post("/{contact:int}/agreed")
    def agree(request: Request, who: Changer, number: int, contact: int) -> Response:
        today: date = floor.clock().date()
        with floor.sessions.begin() as session:
            contacts.agree(session, number, contact, on=today, by=who.name, now=floor.clock())
        return listed(request, number)

    return router


def _number(typed: str) -> str:
    found = national(typed)
    if found is None:
        raise refuse(sentence("bad_phone"))
    return found
