"""What all steps of an order share: the lock, the guard, the event, what they leave behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.orders import booking
from care.orders.attention import ALLERGY
from care.orders.model import Order, OrderEvent, OrderOffer
from care.orders.state import HELD, sources, target

_SAME_MEAL = ("accepted", "started")
BY_CODE = "code"
"""By which way a step came that the elder has vouched for with their code."""
LONGEST_NOTE = 500
"""Characters of what people write about a step."""


@dataclass(frozen=True)
class Act:
    """Who does a step, by which way, when, and what they say about it."""

    by: str
    """caller, assistant, job, or a name; at most 64 characters."""
    now: datetime
    how: str = ""
    """phone, web, wechat, desk, provider, code, deadline, …; at most 32 characters."""
    note: str = ""


class OrderNotFoundError(LookupError):
    """No order has this number."""


class OrderStateError(ValueError):
    """The step doesn't follow from the order's state; `state` says where it is now."""

    def __init__(self, order: Order, step: str) -> None:
        super().__init__(f"order {order.id} is {order.state}: {step} doesn't follow from there")
        self.order_id, self.state, self.step = order.id, order.state, step


class OrderElsewhereError(ValueError):
    """Another provider has the order by now, or it was taken back."""

    def __init__(self, order: Order) -> None:
        super().__init__(f"order {order.id} is no longer with this provider")
        self.order_id, self.state = order.id, order.state


def locked(session: Session, order_id: int) -> Order:
    """The order as it is now, held until the transaction ends. Raises OrderNotFoundError.

    Whoever holds more takes it in this order, or two could wait for each other for ever: standing
    order (care.orders.series), order, elder (care.orders.quota), slot (care.orders.booking).
    """
    query = select(Order).where(Order.id == order_id).with_for_update()
    order = session.scalar(query.execution_options(populate_existing=True))
    if order is None:
        raise OrderNotFoundError(f"no order has the number {order_id}")
    return order


def advance(
    session: Session, order: Order, step: str, act: Act, *, note: str | None = None
) -> None:
    """Does a step of care.orders.state with the locked order, or raises OrderStateError.

    Whatever was waited for, and whyever the desk had to look: it is over with this step; but for
    what is in the meal, as long as the same kitchen cooks it.
    """
    allow(order, step)
    order.state = target(step)
    order.due_at = None
    if order.attention != ALLERGY or step not in _SAME_MEAL:
        order.attention = None
    record(session, order, step, act, note=note)


def allow(order: Order, step: str) -> None:
    """Raises OrderStateError when the step doesn't follow from the order's state."""
    if order.state not in sources(step):
        raise OrderStateError(order, step)


def is_with(order: Order, provider_id: int) -> None:
    """Raises OrderElsewhereError when this provider doesn't have it."""
    if order.provider_id != provider_id:
        raise OrderElsewhereError(order)


def ask_desk(session: Session, order: Order, reason: str, act: Act) -> None:
    """Puts the locked order on the desk's list for a reason of care.orders.attention, once."""
    if order.attention != reason:
        order.attention = reason
        record(session, order, "asked_desk", act, note=reason)


def release(session: Session, order: Order, answer: str, act: Act) -> None:
    """Gives back what the locked order has of a provider, whose offer ends with `answer`."""
    if order.state in HELD:
        booking.give_back(session, order)
        answer_offer(session, order, answer, act)
    order.provider_id = order.worker_id = None
    order.accepted_at = None


def record(session: Session, order: Order, kind: str, act: Act, *, note: str | None = None) -> None:
    """Adds to the order's course."""
    said = act.note if note is None else note
    session.add(
        OrderEvent(
            order_id=order.id,
            at=act.now,
            kind=kind,
            by=act.by[:64],
            how=act.how[:32],
            note=said[:LONGEST_NOTE],
        )
    )


def answer_offer(session: Session, order: Order, answer: str, act: Act) -> None:
    """Ends the offer that is open, or that was accepted."""
    for row in _offers(session, order):
        if row.provider_id == order.provider_id and row.answer in (None, "accepted"):
            row.answer, row.answered_at, row.reason = answer, act.now, act.note[:LONGEST_NOTE]


def last_answer(session: Session, order: Order, provider_id: int) -> str | None:
    """What this provider said when it was asked last; None: nothing yet, or never asked."""
    found = [row.answer for row in _offers(session, order) if row.provider_id == provider_id]
    return found[-1] if found else None


def _offers(session: Session, order: Order) -> Iterable[OrderOffer]:
    query = select(OrderOffer).where(OrderOffer.order_id == order.id)
    return session.scalars(query.order_by(OrderOffer.id)).all()
