"""Finds the provider that is asked next (派单)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.orders import life
from care.orders.attention import NOBODY, TOO_LATE
from care.orders.booking import FullError
from care.orders.deadlines import Deadlines
from care.orders.model import Order, OrderEvent, OrderOffer
from care.orders.steps import Act, ask_desk
from care.providers import service as providers
from care.providers.slot import slot_of


def ask_next(session: Session, order: Order, act: Act) -> None:
    """Offers a locked, placed order to the best provider that has room and wasn't asked yet.

    Where there is none, it is the desk's, and is looked at again after a while. Once its time has
    come, it is the desk's alone.
    """
    deadlines = Deadlines.own()
    needed = deadlines.moment(order.service, order.on, order.at)
    if needed <= act.now:
        ask_desk(session, order, TOO_LATE, act)
        order.due_at = None
        return
    found = providers.candidates(
        session, order.service, order.region, order.on, order.at, without=_asked(session, order)
    )
    for provider in found:
        try:
            offer_to(session, order, provider.id, act)
        except FullError:
            continue
        return
    ask_desk(session, order, NOBODY, act)
    order.due_at = deadlines.again_from(act.now)


def offer_to(session: Session, order: Order, provider_id: int, act: Act) -> None:
    """Asks this provider, whoever was asked before: the desk's choice too.

    Raises care.orders.booking.FullError, OrderStateError.
    """
    deadlines = Deadlines.own()
    slot = slot_of(order.service, order.at)
    life.offer(
        session,
        order.id,
        provider_id,
        act,
        places=providers.capacity(session, provider_id, order.service, order.on, slot),
        due=deadlines.answer_until(act.now, deadlines.moment(order.service, order.on, order.at)),
    )


def _asked(session: Session, order: Order) -> Collection[int]:
    """Who was asked for what it is now: another day is another question."""
    changed: datetime | None = session.scalar(
        select(func.max(OrderEvent.at)).where(
            OrderEvent.order_id == order.id, OrderEvent.kind == "changed"
        )
    )
    asked = select(OrderOffer.provider_id).where(OrderOffer.order_id == order.id)
    if changed is not None:
        asked = asked.where(OrderOffer.at >= changed)
    return set(session.scalars(asked))
