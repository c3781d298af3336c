"""Elders, orders, visits and benefits: lists in portions, and one of each."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Query, status
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from care.api_keys.keys import Caller
from care.api_keys.scope import Scope
from care.benefits.model import BenefitCase
from care.benefits.state import State
from care.desk.number import masked
from care.elders.model import Elder
from care.orders.model import Order
from care.visits.model import Visit
from care.visits.month import first_of
from console.api.v1.access import Access
from console.api.v1.shapes import BenefitItem, OrderItem, Page, Person, Shape, VisitItem

MOST = 200
"""Rows of one answer."""

After = Annotated[int, Query(ge=0, le=2**31 - 1, description="Ids above this one.")]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Name = Annotated[str | None, Query(max_length=32)]
Item = TypeVar("Item", bound=Shape)


def build_router(access: Access) -> APIRouter:
    """All of them only read."""
    router = APIRouter()

    def rows(model: Any, where: Sequence[ColumnElement[bool]], after: int, limit: int) -> list[Any]:
        query = select(model).where(model.id > after, *where).order_by(model.id).limit(limit + 1)
        with access.sessions() as session:
            return list(session.scalars(query))

    def one(model: Any, number: int) -> Any:
        with access.sessions() as session:
            found = session.get(model, number)
        if found is None:
            raise HTTPException(status.HTTP_404_NOT_FOUND, access.sentences.not_found)
        return found

    elders = Annotated[Caller, Depends(access.needs(Scope.ELDERS))]
    orders = Annotated[Caller, Depends(access.needs(Scope.ORDERS))]
    visits = Annotated[Caller, Depends(access.needs(Scope.VISITS))]
    benefits = Annotated[Caller, Depends(access.needs(Scope.BENEFITS))]

    @router.get("/elders", summary="Elders on the register", tags=["elders"])
    def list_elders(
        caller: elders, region: Name = None, after: After = 0, limit: Limit = 50
    ) -> Page[Person]:
        found = rows(Elder, _equal({Elder.region: region}), after, limit)
        return _page(found, limit, lambda row: _person(row, caller))

    @router.get("/elders/{number}", summary="One elder", tags=["elders"])
    def get_elder(caller: elders, number: int) -> Person:
        return _person(one(Elder, number), caller)

    @router.get("/orders", summary="Orders by their day", tags=["orders"])
    def list_orders(
        caller: orders,
        first: Annotated[date, Query(description="The first day.")],
        last: Annotated[date, Query(description="The last day.")],
        after: After = 0,
        limit: Limit = 50,
    ) -> Page[OrderItem]:
        found = rows(Order, [Order.on.between(first, last)], after, limit)
        return _page(found, limit, lambda row: _order(row, caller))

    @router.get("/orders/{number}", summary="One order", tags=["orders"])
    def get_order(caller: orders, number: int) -> OrderItem:
        return _order(one(Order, number), caller)

    @router.get("/visits", summary="Visits of a month", tags=["visits"])
    def list_visits(
        _caller: visits,
        month: Annotated[date, Query(description="Any day of it.")],
        region: Name = None,
        after: After = 0,
        limit: Limit = 50,
    ) -> Page[VisitItem]:
        where = [Visit.month == first_of(month), *_equal({Visit.region: region})]
        return _page(rows(Visit, where, after, limit), limit, VisitItem.model_validate)

    @router.get("/benefits", summary="Benefits that were found for elders", tags=["benefits"])
    def list_benefits(
        _caller: benefits,
        state: State | None = None,
        benefit: Name = None,
        after: After = 0,
        limit: Limit = 50,
    ) -> Page[BenefitItem]:
        where = _equal(
            {BenefitCase.state: state.value if state else None, BenefitCase.benefit: benefit}
        )
        return _page(rows(BenefitCase, where, after, limit), limit, BenefitItem.model_validate)

    return router


def _page(rows: list[Any], limit: int, shown: Callable[[Any], Item]) -> Page[Item]:
    """`rows` has one more than `limit` where the list goes on."""
    items = [shown(row) for row in rows[:limit]]
    return Page(items=items, after=rows[limit - 1].id if len(rows) > limit else None)


def _equal(
    wanted: dict[InstrumentedAttribute[Any], str | None],
) -> list[ColumnElement[bool]]:
    return [column == value for column, value in wanted.items() if value is not None]


def _person(row: Elder, caller: Caller) -> Person:
    person = Person.model_validate(row)
    person.situations.sort()
    person.categories.sort()
    if Scope.NAMES not in caller.scopes:
        person.name, person.phone = _surname(row.name), masked(row.phone)
    return person


def _order(row: Order, caller: Caller) -> OrderItem:
    order = OrderItem.model_validate(row)
    if Scope.NAMES not in caller.scopes:
        order.person = _surname(row.person)
    return order


def _surname(name: str) -> str:
    """王**: enough to talk about somebody whose id both sides know."""
    return name[:1] + "**"
