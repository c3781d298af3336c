"""What is counted, each in one query: rows of a region's name and a number."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstrumentedAttribute

from care.alarms.model import Alarm
from care.benefits.model import BenefitCase, BenefitEvent
from care.complaints.model import Complaint
from care.elders.model import ACTIVE, Elder
from care.figures.period import Period
from care.orders.model import Order
from care.orders.state import SERVED
from care.providers.slot import MEALS
from care.visits.model import Visit
from care.visits.state import How, State

Query = Callable[[Period], Select[Any]]
_CONTENT = 4
"""Of 5: from here on the elder was content."""
_HOUR = 60.0


def last_day(period: Period) -> date:
    """Of the period."""
    return period.after - timedelta(days=1)


def in_register(period: Period) -> ColumnElement[bool]:
    """Elders who count at the end of the period."""
    known_then = or_(Elder.added_at.is_(None), Elder.added_at < period.until)
    return and_(Elder.state == ACTIVE, known_then)


def served(period: Period) -> ColumnElement[bool]:
    """Orders of the period's days whose elder got what was ordered."""
    return and_(Order.on.between(period.on, last_day(period)), Order.state.in_(sorted(SERVED)))


def _by(region: InstrumentedAttribute[Any], number: ColumnElement[Any]) -> Select[Any]:
    where = func.coalesce(region, "").label("region")
    return select(where, number.label("number")).group_by(where)


def _elders(period: Period) -> Select[Any]:
    return _by(Elder.region, func.count()).where(in_register(period))


def _services(period: Period) -> Select[Any]:
    return _by(Order.region, func.count()).where(served(period), Order.service.not_in(MEALS))


def _meals(period: Period) -> Select[Any]:
    return _by(Order.region, func.sum(Order.count)).where(served(period), Order.service.in_(MEALS))


def _free_hours(period: Period) -> Select[Any]:
    return _by(Order.region, func.sum(Order.free_minutes) / _HOUR).where(
        served(period), Order.free_minutes > 0
    )


def _free_elders(period: Period) -> Select[Any]:
    return _by(Elder.region, func.count(Elder.id.distinct())).join(
        Order, and_(Order.elder_id == Elder.id, served(period), Order.free_minutes > 0)
    )


def _visits(*more: ColumnElement[bool]) -> Query:
    def query(period: Period) -> Select[Any]:
        months = Visit.month.between(period.on, last_day(period))
        return _by(Visit.region, func.count()).where(months, Visit.state != State.DROPPED, *more)

    return query


def _alarms(period: Period) -> Select[Any]:
    return (
        _by(Elder.region, func.count())
        .select_from(Alarm)
        .outerjoin(Elder, Elder.id == Alarm.elder_id)
        .where(period.holds(Alarm.raised_at))
    )


def _reviews(least: int) -> Query:
    def query(period: Period) -> Select[Any]:
        days = Order.on.between(period.on, last_day(period))
        return _by(Order.region, func.count()).where(days, Order.score >= least)

    return query


def _complaints(period: Period) -> Select[Any]:
    return (
        _by(Order.region, func.count())
        .select_from(Complaint)
        .outerjoin(Order, Order.id == Complaint.order_id)
        .where(period.holds(Complaint.made_at))
    )


def _benefits(kind: str) -> Query:
    def query(period: Period) -> Select[Any]:
        return (
            _by(BenefitCase.region, func.count(BenefitCase.id.distinct()))
            .join(BenefitEvent, BenefitEvent.case_id == BenefitCase.id)
            .where(BenefitEvent.kind == kind, period.holds(BenefitEvent.at))
        )

    return query


COUNTS: Mapping[str, Mapping[str, Query]] = {
    "elders": {"elders": _elders},
    "services": {
        "services": _services,
        "meals": _meals,
        "free_hours": _free_hours,
        "free_elders": _free_elders,
    },
    "visits": {
        "visits_due": _visits(),
        "visits_done": _visits(Visit.state == State.DONE),
        "visits_phone": _visits(Visit.state == State.DONE, Visit.done_how == How.PHONE),
    },
    "alarms": {"alarms": _alarms},
    "content": {
        "reviews": _reviews(1),
        "content": _reviews(_CONTENT),
        "complaints": _complaints,
    },
    "benefits": {
        "benefits_found": _benefits("found"),
        "benefits_told": _benefits("told"),
        "benefits_granted": _benefits("granted"),
    },
}
"""By chapter, then by name; the same names as in data/report/words.yml."""

STOCK = frozenset({"elders"})
"""What there is at the end, rather than what happened in the half-year."""


def as_sql(query: Select[Any], dialect: Dialect) -> str:
    """The query as the database runs it, values put in, for whoever checks a number."""
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
