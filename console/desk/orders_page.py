"""`/desk/orders`: orders that are coming, one of them, and forms to take, change and cancel one."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from care.canteens.way import BROUGHT_FIRST, DELIVERY
from care.catalogue.service import Catalogue
from care.desk import order_list
from care.desk.meal_ordering import going_to, order_problems, with_way
from care.desk.order_dispatch import choices
from care.desk.order_words import OrderWords
from care.desk.ordering import Typed, UnfitError, prefilled, read, typed_of
from care.desk.view import view
from care.elders.household import shared_address
from care.elders.model import Elder
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.orders import served_by
from care.orders import service as orders
from care.orders.attention import needing
from care.orders.deadlines import Deadlines
from care.orders.figures import count
from care.orders.model import Order
from care.orders.moved import moved
from care.orders.quote import quote
from care.orders.state import AHEAD
from care.orders.steps import Act, locked
from care.providers.slot import MEALS
from console.desk.access import may
from console.desk.answers import go, refuse
from console.desk.floor import Floor, names
from console.desk.one_step import Refusals, one_step
from console.desk.page import page
from console.desk.series_part import series_part
from console.desk.whom import elder_called, person_of

HOW = "desk"
"""By which way a step came, in the order's course."""

Operator = Annotated[SignedIn, Depends(may(Right.WORK_ORDERS))]
Words = Annotated[str, Query(max_length=64)]

_BEGUN = "这个订单已经开始办了，改不了也退不了。有急事请打服务商的电话。"
_REFUSALS: Refusals = {orders.OrderStateError: lambda _error: refuse(_BEGUN)}


class OrderForm(BaseModel):
    """What an operator filled in."""

    service: str = Field("", max_length=32)
    on: str = Field("", max_length=32)
    at: str = Field("", max_length=32)
    count: str = Field("1", max_length=8)
    diet: str = Field("", max_length=32)
    place: str = Field("", max_length=300)
    person: str = Field("", max_length=64)
    phone: str = Field("", max_length=40)
    way: str = Field(DELIVERY, max_length=16)
    canteen: str = Field("", max_length=8)
    conversation: int | None = None
    waits: bool = False
    """Whether the elder is to say yes first."""
    csrf_token: str = ""

    @property
    def typed(self) -> Typed:
        """The fields of the order."""
        return Typed(**self.model_dump(exclude={"conversation", "waits", "csrf_token"}))


def build_router(floor: Floor, catalogue: Catalogue, order_words: OrderWords) -> APIRouter:
    """The list, the form, and one order."""
    router = APIRouter(prefix="/desk/orders")
    offered = {
        "meals": tuple(MEALS),
        "catalogue": catalogue,
        "order_words": order_words,
        "way_names": BROUGHT_FIRST,
    }

    def show(request: Request, template: str, status: int = 200, /, **more: object) -> Response:
        return page(request, template, status, **offered, **more, now=floor.clock())

    def show_form(
        request: Request, conversation: int | None, typed: Typed, problems: dict[str, str]
    ) -> Response:
        with floor.reading() as session:
            told = {
                "typed": typed,
                "person": person_of(session, conversation),
                "conversation": conversation,
                "canteens": going_to(session),
            }
        status = 422 if problems else 200
        return show(request, "desk/order_new.html", status, problems=problems, **told)

    def show_order(
        request: Request, number: int, typed: Typed | None, problems: dict[str, str]
    ) -> Response:
        with floor.reading() as session:
            order = _order(session, number)
            told = {
                "order": order,
                "events": orders.events(session, order),
                "names": names(session),
                "typed": typed or typed_of(orders.wish_of(order)),
                "changeable": order.state in AHEAD,
                "choices": choices(session, order),
                "served_by": served_by.names(session, order),
                "canteens": going_to(session),
                "series": series_part(session, order),
            }
        status = 422 if problems else 200
        return show(request, "desk/order.html", status, problems=problems, **told)

    @router.get("")
    def everything(request: Request, _who: Operator, words: Words = "") -> Response:
        with floor.reading() as session:
            today = floor.clock().date()
            told = {
                "asked": words.strip(),
                "today": count(session, catalogue, today, today),
                "needing": [] if words.strip() else needing(session),
                "orders": order_list.search(session, words)
                if words.strip()
                else order_list.coming(session, today),
            }
        return show(request, "desk/orders.html", **told)

    @router.get("/new")
    def form(request: Request, _who: Operator, conversation: int | None = None) -> Response:
        return show_form(request, conversation, _prefilled(floor, conversation), {})

    @router.post("")
    def place(request: Request, who: Operator, filled: Annotated[OrderForm, Form()]) -> Response:
        try:
            with floor.sessions.begin() as session:
                placed = _placed(session, filled, catalogue, Act(who.name, floor.clock(), HOW))
        except UnfitError as error:
            placed = error.problems
        if isinstance(placed, dict):
            return show_form(request, filled.conversation, filled.typed, placed)
        return go(request, f"/desk/orders/{placed.id}")

    @router.get("/{number}")
    def one(request: Request, _who: Operator, number: int) -> Response:
        return show_order(request, number, None, {})

    @router.post("/{number}")
    def change(
        request: Request, who: Operator, number: int, filled: Annotated[OrderForm, Form()]
    ) -> Response:
        try:
            with one_step(floor.sessions, _REFUSALS) as session:
                order = _order(session, number)
                act = Act(who.name, floor.clock(), HOW)
                problems = _changed(session, order, filled, catalogue, act)
        except UnfitError as error:
            problems = error.problems
        if problems:
            return show_order(request, number, filled.typed, problems)
        return go(request, f"/desk/orders/{number}")

    @router.post("/{number}/cancel")
    def cancel(request: Request, who: Operator, number: int) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            orders.cancel(session, _order(session, number), floor.clock(), by=who.name, how=HOW)
        return go(request, f"/desk/orders/{number}")

    return router


def _placed(
    session: Session, filled: OrderForm, catalogue: Catalogue, act: Act
) -> Order | dict[str, str]:
    """The order, or a sentence for a field; what stopped a meal is noted. Raises UnfitError."""
    person = person_of(session, filled.conversation)
    elder_id = elder_called(session, person, filled.person)
    wish = read(filled.typed, person.phone, catalogue, act.now, elder_id)
    wish = with_way(session, wish, filled.typed)
    why = order_problems(session, catalogue, wish, act)
    if not why and filled.waits and Deadlines.own().is_too_late_to_ask(wish.on, act.now):
        why = {"on": "draft_too_late"}
    if why:
        return why
    write = orders.draft if filled.waits else orders.place
    return write(
        session,
        wish,
        conversation_id=filled.conversation,
        now=act.now,
        quote=quote(session, catalogue, wish),
        by=act.by,
        how=act.how,
    )


def _changed(
    session: Session, order: Order, filled: OrderForm, catalogue: Catalogue, act: Act
) -> dict[str, str]:
    """As `_placed`, with an order that is there; no sentence when it was changed."""
    order = locked(session, order.id)
    wish = read(filled.typed, order.phone, catalogue, act.now, order.elder_id)
    wish = moved(with_way(session, replace(wish, region=order.region), filled.typed), order)
    why = order_problems(session, catalogue, wish, act, instead_of=order)
    if why:
        return why
    asked = quote(session, catalogue, wish, instead_of=order)
    orders.change(session, order, wish, act.now, quote=asked, by=act.by, how=act.how)
    return {}


def _order(session: Session, number: int) -> Order:
    found = session.get(Order, number)
    if found is None:
        raise refuse("没有这个订单。", 404)
    return found


def _prefilled(floor: Floor, conversation: int | None) -> Typed:
    if conversation is None:
        return Typed()
    with floor.reading() as session:
        seen = view(session, conversation, floor.words, floor.clock())
        if seen is None:
            raise refuse("没有这个对话。", 404)
        person = person_of(session, conversation)
        elders = [session.get_one(Elder, each) for each in person.elders]
        return prefilled(seen.slots, person, shared_address(elders) or "")
