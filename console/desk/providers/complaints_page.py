"""`/desk/complaints`: who complained of what, until when it has to be closed, and how it ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.complaints import service as complaints
from care.complaints.model import Complaint
from care.complaints.words import Words
from care.elders.number import national
from care.orders.model import Order
from care.proofs import store
from care.providers.model import Provider
from console.desk.answers import refuse
from console.desk.floor import names
from console.desk.page import page
from console.desk.providers.shared import Operator, ProviderDesk, Text

CLOSED = 30
"""How many of those that are over are listed."""
HERE = "/desk/complaints"


class ComplaintForm(BaseModel):
    """What an operator filled in."""

    kind: str = Field("", max_length=16)
    text: str = Field("", max_length=2 * complaints.MOST_TEXT)
    ref: str = Field("", max_length=8)
    person: str = Field("", max_length=64)
    phone: str = Field("", max_length=40)
    csrf_token: str = ""


def build_router(desk: ProviderDesk) -> APIRouter:
    """The list, a new one, and one with its course."""
    router = APIRouter(prefix=HERE)
    words, clock = Words.own(), desk.floor.clock

    @contextmanager
    def step() -> Iterator[Session]:
        try:
            with desk.floor.sessions.begin() as session:
                yield session
        except complaints.ComplaintNotFoundError as error:
            raise refuse("没有这个投诉。", 404) from error
        except complaints.ComplaintStateError as error:
            state = words.states[error.state]
            raise refuse(f"这个投诉现在{state}，先接手再办结。") from error

    def stay(number: int) -> Response:
        return RedirectResponse(f"{HERE}/{number}", 303)

    @router.get("")
    def everything(
        request: Request, _who: Operator, order: Annotated[int | None, Query()] = None
    ) -> Response:
        with desk.floor.reading() as session:
            context = {
                "open": complaints.still_open(session),
                "closed": complaints.closed(session, count=CLOSED),
                "names": names(session),
                "providers": _providers(session),
                "order": session.get(Order, order) if order else None,
            }
        return page(request, "desk/providers/complaints.html", **context, words=words, now=clock())

    @router.post("")
    def make(who: Operator, form: Annotated[ComplaintForm, Form()]) -> Response:
        if form.kind not in words.kinds or not form.text.strip():
            raise refuse("选一种投诉，再写上是怎么回事。", 400)
        number = national(form.phone) if form.phone else ""
        if number is None:
            raise refuse("电话号码不对，请检查一下。", 400)
        with step() as session:
            report = complaints.Report(
                kind=form.kind,
                text=form.text,
                order_id=_order(session, form.ref.strip(), number),
                person=form.person.strip(),
                phone=number,
            )
            row = complaints.make(session, report, by=who.name, now=clock())
        return stay(row.id)

    @router.get("/{number:int}")
    def one(request: Request, who: Operator, number: int) -> Response:
        with desk.floor.reading() as session:
            row = session.get(Complaint, number)
            if row is None:
                raise refuse("没有这个投诉。", 404)
            context = {
                "complaint": row,
                "events": complaints.events(session, number),
                "names": names(session),
                "providers": _providers(session),
                "order": session.get(Order, row.order_id) if row.order_id else None,
                "pictures": store.of(session, row.order_id) if row.order_id else [],
            }
        return page(
            request,
            "desk/providers/complaint.html",
            **context,
            words=words,
            mine=row.owner == who.name,
            now=clock(),
        )

    @router.post("/{number:int}/take")
    def take(who: Operator, number: int) -> Response:
        with step() as session:
            complaints.take(session, number, by=who.name, now=clock())
        return stay(number)

    @router.post("/{number:int}/remark")
    def remark(who: Operator, number: int, text: Text = "") -> Response:
        with step() as session:
            complaints.remark(session, number, _written(text), by=who.name, now=clock())
        return stay(number)

    @router.post("/{number:int}/close")
    def close(who: Operator, number: int, outcome: Text = "", text: Text = "") -> Response:
        if outcome not in words.outcomes:
            raise refuse("选一个结果再办结。", 400)
        with step() as session:
            complaints.close(session, number, outcome, _written(text), by=who.name, now=clock())
        return stay(number)

    @router.post("/{number:int}/reopen")
    def reopen(who: Operator, number: int, text: Text = "") -> Response:
        with step() as session:
            complaints.reopen(session, number, _written(text), by=who.name, now=clock())
        return stay(number)

    return router


def _written(text: str) -> str:
    if not text.strip():
        raise refuse("写几个字再记。", 400)
    return text


def _providers(session: Session) -> dict[int, str]:
    return {row.id: row.name for row in session.execute(select(Provider.id, Provider.name))}


def _order(session: Session, ref: str, phone: str) -> int | None:
    """The latest order of this reference, and of this number if one was given."""
    if not ref:
        return None
    query = select(Order.id).where(Order.ref == ref)
    if phone:
        query = query.where(Order.phone == phone)
    found = session.scalar(query.order_by(Order.id.desc()).limit(1))
    if found is None:
        raise refuse("没有这个单号的订单，请检查一下，或者空着。", 400)
    return found
