"""Finds the provider that is asked next (派单)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.canteens.fitness import allergies_of, cooks_in_vain
from care.canteens.model import Canteen
from care.canteens.places import capacity
from care.orders import life
from care.orders.attention import NOBODY, TOO_LATE
from care.orders.booking import FullError
from care.orders.deadlines import Deadlines
from care.orders.model import Order, OrderEvent, OrderOffer
from care.orders.steps import Act, ask_desk
from care.orders.wish import wish_of
from care.providers import service as providers
from care.providers.model import Provider


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
    for provider in candidates(session, order, without=_asked(session, order)):
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
    life.offer(
        session,
        order.id,
        provider_id,
        act,
        places=capacity(session, order, provider_id),
        due=deadlines.answer_until(act.now, deadlines.moment(order.service, order.on, order.at)),
    )


def candidates(session: Session, order: Order, *, without: Collection[int] = ()) -> list[Provider]:
    """Who may be asked, best first: as care.providers.service.candidates, but for a meal nobody who
    had closed when it was ordered, or cooks what the elder must not eat; the canteen's own provider
    alone where the elder goes there."""
    found = providers.candidates(
        session, order.service, order.region, order.on, order.at, without=without
    )
    if order.canteen_id is not None:
        owner = session.get_one(Canteen, order.canteen_id).provider_id
        found = [each for each in found if each.id == owner]
    asked_at = _changed_at(session, order) or order.placed_at
    allergies = allergies_of(session, order.elder_id)
    unfit = cooks_in_vain(session, wish_of(order), asked_at, allergies)
    return [each for each in found if each.id not in unfit]


def _changed_at(session: Session, order: Order) -> datetime | None:
    return session.scalar(
        select(func.max(OrderEvent.at)).where(
            OrderEvent.order_id == order.id, OrderEvent.kind == "changed"
        )
    )


def _asked(session: Session, order: Order) -> Collection[int]:
    """Who was asked for what it is now: another day is another question."""
    changed = _changed_at(session, order)
    asked = select(OrderOffer.provider_id).where(OrderOffer.order_id == order.id)
    if changed is not None:
        asked = asked.where(OrderOffer.at >= changed)
    return set(session.scalars(asked))
