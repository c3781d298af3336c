"""What a provider tells the desk on the telephone, when the worker's own can't: it takes the order,
has begun, is done."""

from datetime import datetime, time
from typing import Literal

from sqlalchemy.orm import Session

from care.clock import SHANGHAI
from care.orders import life
from care.orders.model import Order
from care.orders.steps import Act, OrderStateError, locked

HOW = "told"
"""By which way the step came, in the order's course; the note says who told it."""


class MomentError(ValueError):
    """The work can't have begun or ended then."""

    def __init__(self, code: Literal["not_yet", "too_early"]) -> None:
        super().__init__(code)
        self.code = code


def accepted(session: Session, number: int, provider_id: int, act: Act) -> Order:
    """It takes the order; who goes, the office says itself. Raises as care.orders.life.accept."""
    return life.accept(session, number, act, provider_id=provider_id)


def started(session: Session, number: int, provider_id: int, at: time, act: Act) -> Order:
    """It has begun at this hour of the order's day. Raises MomentError, and as
    care.orders.life.start."""
    order = locked(session, number)
    moment = datetime.combine(order.on, at, SHANGHAI)
    _check(moment, order.placed_at, act.now)
    return life.start(session, number, act, provider_id=provider_id, moment=moment)


def finished(session: Session, number: int, provider_id: int, at: time, act: Act) -> Order:
    """It was done at this hour of the day on which it began. Raises MomentError, and as
    care.orders.life.finish."""
    order = locked(session, number)
    began = order.started_at
    if began is None:
        raise OrderStateError(order, "finished")
    moment = datetime.combine(began.date(), at, SHANGHAI)
    _check(moment, began, act.now)
    return life.finish(session, number, act, provider_id=provider_id, moment=moment)


def _check(moment: datetime, earliest: datetime, now: datetime) -> None:
    if moment > now:
        raise MomentError("not_yet")
    if moment < earliest.replace(second=0, microsecond=0):
        raise MomentError("too_early")
