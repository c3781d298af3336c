"""Places, changes and cancels orders, by the same rules as the desk."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy.orm import Session

from care.api_keys.keys import Caller
from care.api_keys.scope import Scope
from care.desk.ordering import typed_of
from care.orders import service as orders
from care.orders.model import Order
from care.orders.moved import moved
from care.orders.quote import Quote, quote
from care.orders.steps import OrderNotFoundError, OrderStateError, locked
from console.api.v1 import versions
from console.api.v1.access import Access
from console.api.v1.fields import Number, Token, Version
from console.api.v1.order_bodies import ChangeBody, OrderBody, WishBody, typed
from console.api.v1.ordering import HOW, Ordering, Whose
from console.api.v1.problems import Money, Problem, ProblemError
from console.api.v1.repeating import Asked, claim
from console.api.v1.shapes import OrderItem
from console.api.v1.showing import shown_order

_ALSO: dict[int | str, dict[str, object]] = {
    code: {"model": Problem} for code in (409, 412, 422, 428)
}


def build_router(ordering: Ordering) -> APIRouter:
    """Every one of them in one transaction."""
    access = ordering.access
    router = APIRouter(tags=["orders"])
    writer = Annotated[Caller, Depends(access.needs(Scope.WRITE_ORDERS))]

    @router.post("/quotes", summary="What an order would cost", responses=_ALSO)
    def ask(caller: writer, body: WishBody) -> Money:
        """Free hours first, then the subsidy for the rest. Nothing is set aside."""
        with access.sessions() as session:
            wish = ordering.wish(session, body)
            if problems := ordering.problems(session, wish, caller.name):
                raise ordering.told(problems)
            return _money(quote(session, ordering.catalogue, wish))

    @router.post("/orders", status_code=201, summary="Place an order", responses=_ALSO)
    def place(caller: writer, token: Token, body: OrderBody, response: Response) -> OrderItem:
        """It is offered to providers at once. The same Idempotency-Key places it once, whenever
        and however often it comes; the answer is then the order as it stands.
        """
        asked, problems = Asked(caller, token, "/orders", body), {}
        with access.sessions.begin() as session:
            made = claim(session, access, asked, response)
            if made.made_id is None:
                wish = ordering.wish(session, body)
                problems = ordering.problems(session, wish, caller.name)
                if problems:
                    session.delete(made)
                else:
                    made.made_id = _placed(session, ordering, caller, wish, body.pays).id
            if made.made_id is not None:
                response.headers["Location"] = f"/api/v1/orders/{made.made_id}"
                return _shown(session, session.get_one(Order, made.made_id), caller, response)
        raise ordering.told(problems)

    @router.patch("/orders/{number}", summary="Change an order", responses=_ALSO)
    def change(
        caller: writer, number: Number, seen: Version, body: ChangeBody, response: Response
    ) -> OrderItem:
        """Until the work begins. With another day, hour, service, count, way, canteen or region of
        the place it is offered anew, and costs what it costs now.
        """
        with access.sessions.begin() as session:
            order = _locked(session, access, number)
            versions.check(session, seen, versions.ORDER, number, access.sentences)
            filled = replace(typed_of(orders.wish_of(order)), **typed(body))
            whose = Whose(order.phone, order.elder_id, order.region)
            wish = moved(ordering.read(session, filled, whose), order)
            problems = ordering.problems(session, wish, caller.name, before=order)
            if not problems:
                asked = quote(session, ordering.catalogue, wish, instead_of=order)
                now, by = access.clock(), caller.name
                try:
                    orders.change(session, order, wish, now, quote=asked, by=by, how=HOW)
                except OrderStateError as error:
                    raise _begun(access) from error
                return _shown(session, order, caller, response)
        raise ordering.told(problems)

    @router.post("/orders/{number}/cancel", summary="Cancel an order", responses=_ALSO)
    def cancel(caller: writer, number: Number, response: Response) -> OrderItem:
        """Until the work begins; a second time does nothing."""
        with access.sessions.begin() as session:
            order = _locked(session, access, number)
            try:
                orders.cancel(session, order, access.clock(), by=caller.name, how=HOW)
            except OrderStateError as error:
                raise _begun(access) from error
            return _shown(session, order, caller, response)

    return router


def _placed(
    session: Session, ordering: Ordering, caller: Caller, wish: orders.Wish, pays: int | None
) -> Order:
    found = quote(session, ordering.catalogue, wish)
    if pays is not None and pays != found.pays:
        told = ordering.access.sentences.quote_changed
        raise ProblemError(409, "quote_changed", told, quote=_money(found))
    return orders.place(
        session,
        wish,
        conversation_id=None,
        now=ordering.access.clock(),
        quote=found,
        by=caller.name,
        how=HOW,
    )


def _shown(session: Session, order: Order, caller: Caller, response: Response) -> OrderItem:
    versions.mark(session, response, versions.ORDER, order.id)
    return shown_order(order, caller)


def _locked(session: Session, access: Access, number: int) -> Order:
    try:
        return locked(session, number)
    except OrderNotFoundError as error:
        raise ProblemError(404, "not_found", access.sentences.not_found) from error


def _begun(access: Access) -> ProblemError:
    return ProblemError(409, "order_begun", access.sentences.order_begun)


def _money(found: Quote) -> Money:
    return Money(
        price=found.price,
        subsidy=found.subsidy,
        free_minutes=found.free_minutes,
        pays=found.pays,
        decided=found.decided,
    )
