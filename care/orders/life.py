"""The steps of an order: who may do what when, each with its event, in one transaction.

Every step locks the order first, so that of two at the same moment the second sees what the first
did. A step that was done already by the same people changes nothing (a double click); one that
doesn't follow raises OrderStateError, which knows the state that the order is in.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from care.orders import booking, quota
from care.orders.deadlines import Deadlines
from care.orders.model import Order, OrderOffer
from care.orders.state import ACCEPTED, DONE, HELD, PLACED, target
from care.orders.steps import (
    BY_CODE,
    Act,
    OrderElsewhereError,
    OrderNotFoundError,
    OrderStateError,
    advance,
    allow,
    answer_offer,
    is_with,
    last_answer,
    locked,
    record,
    release,
)

__all__ = [
    "Act",
    "OrderElsewhereError",
    "OrderNotFoundError",
    "OrderStateError",
    "accept",
    "assign",
    "cancel",
    "close",
    "confirm",
    "expire",
    "finish",
    "no_show",
    "offer",
    "reassign",
    "refuse",
    "review",
    "start",
]


def confirm(session: Session, order_id: int, act: Act) -> Order:
    """A draft is asked for. Raises OrderStateError."""
    order = locked(session, order_id)
    if order.state == PLACED:
        return order
    advance(session, order, "confirmed", act)
    order.due_at = act.now
    return order


def offer(
    session: Session, order_id: int, provider_id: int, act: Act, *, places: int, due: datetime
) -> Order:
    """Asks a provider, and books its slot for as long as the answer is open (until `due`).

    `places` is the provider's capacity in that slot. Raises care.orders.booking.FullError,
    OrderStateError.
    """
    order = locked(session, order_id)
    allow(order, "offered")
    booking.take(session, order, provider_id, places)
    order.provider_id, order.worker_id = provider_id, None
    advance(session, order, "offered", act, note=str(provider_id))
    order.due_at = due
    session.add(OrderOffer(order_id=order.id, provider_id=provider_id, at=act.now))
    return order


def accept(
    session: Session, order_id: int, act: Act, *, provider_id: int, worker_id: int | None = None
) -> Order:
    """The provider takes it. Raises OrderElsewhereError, OrderStateError."""
    order = locked(session, order_id)
    is_with(order, provider_id)
    if order.state == ACCEPTED and worker_id in (None, order.worker_id):
        return order
    advance(session, order, "accepted", act, note=str(worker_id) if worker_id else None)
    answer_offer(session, order, "accepted", act)
    order.accepted_at, order.worker_id = act.now, worker_id
    order.due_at = Deadlines.own().missing_from(order)
    return order


def assign(session: Session, order_id: int, act: Act, *, provider_id: int, worker_id: int) -> Order:
    """The provider says who goes. Raises OrderElsewhereError, OrderStateError before it accepted
    or after the work began."""
    order = locked(session, order_id)
    is_with(order, provider_id)
    if order.state != ACCEPTED:
        raise OrderStateError(order, "assigned")
    if order.worker_id != worker_id:
        order.worker_id = worker_id
        record(session, order, "assigned", act, note=str(worker_id))
    return order


def refuse(session: Session, order_id: int, act: Act, *, provider_id: int) -> Order:
    """The provider can't, also after it had accepted; the next one is asked.

    Raises OrderElsewhereError, OrderStateError.
    """
    order = locked(session, order_id)
    if order.state == PLACED and last_answer(session, order, provider_id) == "refused":
        return order
    is_with(order, provider_id)
    return _give_back(session, order, "refused", act)


def expire(session: Session, order_id: int, act: Act) -> Order:
    """The provider hasn't answered in time; the next one is asked. Raises OrderStateError."""
    return _give_back(session, locked(session, order_id), "expired", act)


def reassign(session: Session, order_id: int, act: Act) -> Order:
    """The desk takes it from a provider, and the next one is asked. Raises OrderStateError."""
    order = locked(session, order_id)
    if order.state == PLACED:
        return order
    return _give_back(session, order, "reassigned", act)


def start(
    session: Session,
    order_id: int,
    act: Act,
    *,
    provider_id: int,
    moment: datetime | None = None,
) -> Order:
    """Somebody is with the elder and begins; `moment`: when they did, where that is told later.

    Raises OrderElsewhereError, OrderStateError.
    """
    order = locked(session, order_id)
    is_with(order, provider_id)
    if order.state == target("started"):
        return order
    advance(session, order, "started", act)
    order.started_at = moment or act.now
    order.due_at = Deadlines.own().too_long_from(order.started_at)
    return order


def finish(
    session: Session,
    order_id: int,
    act: Act,
    *,
    provider_id: int,
    moment: datetime | None = None,
) -> Order:
    """The work is done, at `moment` where that is told later; free hours are counted as they were
    used.

    Raises OrderElsewhereError, OrderStateError.
    """
    order = locked(session, order_id)
    is_with(order, provider_id)
    if order.state == DONE:
        return order
    advance(session, order, "finished", act)
    order.done_at = moment or act.now
    order.due_at = Deadlines.own().unreviewed_from(act.now)
    quota.settle(session, order, vouched=act.how == BY_CODE)
    return order


def review(session: Session, order_id: int, act: Act, *, score: int) -> Order:
    """The elder says how it was, 1 bad to 5 very good; the first word counts.

    Raises OrderStateError, ValueError for another score.
    """
    if score not in range(1, 6):
        raise ValueError(f"a score is 1 to 5, not {score}")
    order = locked(session, order_id)
    if order.state == target("reviewed") and order.score == score:
        return order
    advance(session, order, "reviewed", act)
    order.score = score
    return order


def close(session: Session, order_id: int, act: Act) -> Order:
    """Nobody said in time how it was. Raises OrderStateError."""
    order = locked(session, order_id)
    advance(session, order, "closed", act)
    return order


def cancel(session: Session, order_id: int, act: Act) -> Order:
    """It is no longer wanted. Raises OrderStateError once the work has begun."""
    return _fall_through(session, locked(session, order_id), "cancelled", act)


def no_show(session: Session, order_id: int, act: Act) -> Order:
    """One of the two wasn't there; `act.note` says who. Raises OrderStateError."""
    return _fall_through(session, locked(session, order_id), "no_show", act)


def _give_back(session: Session, order: Order, step: str, act: Act) -> Order:
    allow(order, step)
    release(session, order, step, act)
    advance(session, order, step, act)
    order.due_at = act.now
    return order


def _fall_through(session: Session, order: Order, step: str, act: Act) -> Order:
    if order.state == target(step):
        return order
    allow(order, step)
    if order.state in HELD:
        booking.give_back(session, order)
        answer_offer(session, order, step, act)
    advance(session, order, step, act)
    order.free_minutes = 0
    return order
