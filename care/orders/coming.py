"""Makes the orders of the coming days out of standing orders; each day once, however often."""

from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from care.canteens.fitness import allergies_of, unfit
from care.catalogue.service import Catalogue
from care.clock import Clock
from care.elders.model import DECEASED, MOVED, Elder
from care.orders import service as orders
from care.orders.attention import ALLERGY
from care.orders.check import meal_problem, time_problem
from care.orders.festivals import Festivals
from care.orders.model import Order
from care.orders.quote import quote
from care.orders.recurrence import Pattern, days
from care.orders.series import locked, wish_for
from care.orders.standing import OrderPause, OrderSeries
from care.orders.steps import Act, ask_desk
from care.orders.wish import Wish
from care.providers.slot import MEALS
from care.stopping import Stopped, never
from care.storage.engine import Sessions, readers

AHEAD = timedelta(days=7)
"""How far ahead orders are made, today included."""

log = structlog.get_logger(__name__)


def make_all(
    sessions: Sessions, catalogue: Catalogue, clock: Clock, stopped: Stopped = never
) -> int:
    """The orders of every standing order that aren't made yet, each in a transaction of its own;
    how many were made."""
    today = clock().date()
    with readers(sessions)() as session:
        still = or_(OrderSeries.ends.is_(None), OrderSeries.ends >= today)
        numbers = list(session.scalars(select(OrderSeries.id).where(still)))
    made = 0
    for number in numbers:
        if stopped():
            break
        try:
            with sessions.begin() as session:
                made += len(make(session, catalogue, number, clock()))
        except Exception as error:  # one series' trouble is not to hold up the others
            log.error("a standing order is held up", series=number, why=type(error).__name__)
    return made


def make(session: Session, catalogue: Catalogue, number: int, now: datetime) -> list[Order]:
    """The missing orders of one series. Raises SeriesNotFoundError."""
    series = locked(session, number)
    if not _is_served(session, series):
        return []
    last = now.date() + AHEAD
    span = (now.date(), min(last, series.ends or last))
    there = set(
        session.scalars(
            select(Order.series_day).where(
                Order.series_id == number, Order.series_day.between(*span)
            )
        )
    )
    pattern = Pattern.parse(series.pattern)
    wanted = (day for day in days(pattern, series.begins, *span) if day not in there)
    return [
        order
        for day in wanted
        if not _is_paused(session, number, day)
        if (order := _make(session, catalogue, series, day, now)) is not None
    ]


def _make(
    session: Session, catalogue: Catalogue, series: OrderSeries, day: date, now: datetime
) -> Order | None:
    wish = wish_for(series, day)
    found = unfit(session, wish, now, allergies_of(session, wish.elder_id))
    if found is not None and found.why in {"late", "twice"}:
        return None
    festive = Festivals.own().on(day) is not None
    if _is_past(wish, now) or (festive and series.festivals == "skip"):
        return None
    harmful = found is not None and found.why == "allergy"
    asks = harmful or (festive and series.festivals == "ask")
    write = orders.draft if asks else orders.place
    order = write(
        session,
        wish,
        conversation_id=series.conversation_id,
        now=now,
        quote=quote(session, catalogue, wish),
        by="job",
        how="series",
    )
    order.series_id, order.series_day = series.id, day
    if harmful:
        ask_desk(session, order, ALLERGY, Act("job", now, "series"))
    session.flush()
    return order


def _is_served(session: Session, series: OrderSeries) -> bool:
    """Whoever moved away or died has no more orders made."""
    if series.elder_id is None:
        return True
    return session.get_one(Elder, series.elder_id).state not in {MOVED, DECEASED}


def _is_past(wish: Wish, now: datetime) -> bool:
    if wish.service in MEALS:
        return meal_problem(wish.service, wish.on, now) is not None
    return time_problem(wish.at, wish.on, now) is not None


def _is_paused(session: Session, number: int, day: date) -> bool:
    query = select(OrderPause.id).where(
        OrderPause.series_id == number, OrderPause.first <= day, OrderPause.last >= day
    )
    return session.scalar(query.limit(1)) is not None
