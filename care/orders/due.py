"""Does what is due: each order waits in the table for a moment, so nothing is lost with a process.

Several processes may look at once: the lock on the order lets one act, and the others see that it
was done. A clock that is set back makes everything later, and loses nothing.
"""

from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.clock import Clock
from care.orders import life
from care.orders.attention import NOT_FINISHED, NOT_STARTED
from care.orders.dispatch import ask_next
from care.orders.model import Order
from care.orders.state import ACCEPTED, DONE, DRAFT, OFFERED, PLACED, UNDER_WAY
from care.orders.steps import Act, ask_desk, locked
from care.storage.engine import Sessions, readers

_AT_ONCE = 500
"""Orders of one look."""

log = structlog.get_logger(__name__)


def see_to(sessions: Sessions, clock: Clock) -> int:
    """Everything that is due now, each order in a transaction of its own; how many were done."""
    with readers(sessions)() as session:
        query = select(Order.id).where(Order.due_at <= clock()).order_by(Order.due_at, Order.id)
        due = list(session.scalars(query.limit(_AT_ONCE)))
    done = 0
    for number in due:
        try:
            with sessions.begin() as session:
                done += _see_to(session, number, clock())
        except Exception as error:  # one order's trouble is not to hold up the others
            log.error("an order is held up", order=number, why=type(error).__name__)
    return done


def _see_to(session: Session, number: int, now: datetime) -> bool:
    order = locked(session, number)
    if order.due_at is None or order.due_at > now:
        return False  # somebody was quicker
    act = Act("job", now, "deadline")
    if order.state == OFFERED:
        life.expire(session, number, act)
    if order.state == PLACED:
        ask_next(session, order, act)
    elif order.state == DRAFT:
        life.cancel(session, number, act)
    elif order.state == ACCEPTED:
        _ask_desk(session, order, NOT_STARTED, act)
    elif order.state == UNDER_WAY:
        _ask_desk(session, order, NOT_FINISHED, act)
    elif order.state == DONE:
        life.close(session, number, act)
    return True


def _ask_desk(session: Session, order: Order, reason: str, act: Act) -> None:
    order.due_at = None
    ask_desk(session, order, reason, act)
