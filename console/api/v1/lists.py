"""Elders, orders, visits, benefits and alarms: lists in portions, and one of each."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from care.alarms.model import Alarm
from care.api_keys.keys import Caller
from care.api_keys.scope import Scope
from care.benefits.model import BenefitCase
from care.benefits.state import State
from care.clock import SHANGHAI
from care.elders.lists import own_lists
from care.elders.model import Elder
from care.orders.model import Order
from care.visits.model import Visit
from care.visits.month import first_of
from console.api.v1 import versions
from console.api.v1.access import Access
from console.api.v1.fields import MOST_ID, Code, Day, Number
from console.api.v1.problems import Problem, ProblemError, Unfit, unfit
from console.api.v1.shapes import (
    AlarmItem,
    BenefitItem,
    OrderItem,
    Page,
    Person,
    Shape,
    VisitItem,
)
from console.api.v1.showing import shown_order, shown_person

MOST = 200
"""Rows of one answer."""

After = Annotated[int, Query(ge=0, le=MOST_ID, description="Ids above this one.")]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Name = Annotated[Code | None, Query()]
Region = Annotated[Code | None, Query(description="With all its parts.", examples=["额济纳旗"])]
First = Annotated[Day, Query(description="The first day.", examples=["2026-11-01"])]
Last = Annotated[Day, Query(description="The last day.", examples=["2026-11-30"])]
Item = TypeVar("Item", bound=Shape)
_DAY = timedelta(days=1)
_ALSO: dict[int | str, dict[str, object]] = {422: {"model": Problem}}


def build_router(access: Access) -> APIRouter:
    """None of them changes anything."""
    router = APIRouter()

    def rows(model: Any, where: Sequence[ColumnElement[bool]], after: int, limit: int) -> list[Any]:
        query = select(model).where(model.id > after, *where).order_by(model.id).limit(limit + 1)
        with access.reading() as session:
            return list(session.scalars(query))

    def one(model: Any, number: int, of: InstrumentedAttribute[int], response: Response) -> Any:
        with access.reading() as session:
            found = session.get(model, number)
            if found is None:
                raise ProblemError(404, "not_found", access.sentences.not_found)
            versions.mark(session, response, of, number)
        return found

    def there(
        column: InstrumentedAttribute[str | None], region: str | None
    ) -> list[ColumnElement[bool]]:
        if region is None:
            return []
        if names := own_lists().regions_in(region):
            return [column.in_(names)]
        told = access.sentences
        wrong = Unfit(field="region", code="region_unknown", detail=told.region_unknown)
        raise unfit(told, [wrong])

    elders = Annotated[Caller, Depends(access.needs(Scope.ELDERS))]
    orders = Annotated[Caller, Depends(access.needs(Scope.ORDERS))]
    visits = Annotated[Caller, Depends(access.needs(Scope.VISITS))]
    benefits = Annotated[Caller, Depends(access.needs(Scope.BENEFITS))]
    alarms = Annotated[Caller, Depends(access.needs(Scope.ALARMS))]

    @router.get("/elders", summary="Elders on the register", tags=["elders"], responses=_ALSO)
    def list_elders(
        caller: elders, region: Region = None, after: After = 0, limit: Limit = 50
    ) -> Page[Person]:
        found = rows(Elder, there(Elder.region, region), after, limit)
        return _page(found, limit, lambda row: shown_person(row, caller))

    @router.get("/elders/{number}", summary="One elder", tags=["elders"])
    def get_elder(caller: elders, number: Number, response: Response) -> Person:
        return shown_person(one(Elder, number, versions.ELDER, response), caller)

    @router.get("/orders", summary="Orders by their day", tags=["orders"])
    def list_orders(
        caller: orders,
        first: First,
        last: Last,
        after: After = 0,
        limit: Limit = 50,
    ) -> Page[OrderItem]:
        found = rows(Order, [Order.on.between(first, last)], after, limit)
        return _page(found, limit, lambda row: shown_order(row, caller))

    @router.get("/orders/{number}", summary="One order", tags=["orders"])
    def get_order(caller: orders, number: Number, response: Response) -> OrderItem:
        return shown_order(one(Order, number, versions.ORDER, response), caller)

    @router.get("/visits", summary="Visits of a month", tags=["visits"], responses=_ALSO)
    def list_visits(
        _caller: visits,
        month: Annotated[Day, Query(description="Any day of it.", examples=["2026-11-01"])],
        region: Region = None,
        after: After = 0,
        limit: Limit = 50,
    ) -> Page[VisitItem]:
        where = [Visit.month == first_of(month), *there(Visit.region, region)]
        return _page(rows(Visit, where, after, limit), limit, VisitItem.model_validate)

    @router.get("/visits/{number}", summary="One visit", tags=["visits"])
    def get_visit(_caller: visits, number: Number, response: Response) -> VisitItem:
        return VisitItem.model_validate(one(Visit, number, versions.VISIT, response))

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

    @router.get("/benefits/{number}", summary="One benefit of one elder", tags=["benefits"])
    def get_benefit(_caller: benefits, number: Number, response: Response) -> BenefitItem:
        return BenefitItem.model_validate(one(BenefitCase, number, versions.BENEFIT, response))

    @router.get("/alarms", summary="Alarms by the day they were raised", tags=["alarms"])
    def list_alarms(
        _caller: alarms, first: First, last: Last, after: After = 0, limit: Limit = 50
    ) -> Page[AlarmItem]:
        where = [Alarm.raised_at >= _begins(first), Alarm.raised_at < _begins(last) + _DAY]
        return _page(rows(Alarm, where, after, limit), limit, AlarmItem.model_validate)

    @router.get("/alarms/{number}", summary="One alarm", tags=["alarms"])
    def get_alarm(_caller: alarms, number: Number, response: Response) -> AlarmItem:
        return AlarmItem.model_validate(one(Alarm, number, versions.ALARM, response))

    return router


def _page(rows: list[Any], limit: int, shown: Callable[[Any], Item]) -> Page[Item]:
    """`rows` has one more than `limit` where the list goes on."""
    items = [shown(row) for row in rows[:limit]]
    return Page(items=items, after=rows[limit - 1].id if len(rows) > limit else None)


def _equal(
    wanted: dict[InstrumentedAttribute[Any], str | None],
) -> list[ColumnElement[bool]]:
    return [column == value for column, value in wanted.items() if value is not None]


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
