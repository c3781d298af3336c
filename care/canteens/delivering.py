"""A rider ticks what they have brought, or the canteen who has come: the order is done."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.canteens import riding
from care.canteens.refused import RefusedError
from care.orders import life
from care.orders.model import Order
from care.orders.state import ACCEPTED, SERVED, UNDER_WAY
from care.orders.steps import Act, locked
from care.providers import refused as providers
from care.providers import work
from care.providers.signed_in import ProviderPerson
from care.providers.slot import MEALS

HOW = "round"
"""By which way a step came, in the order's course."""


def deliver(session: Session, who: ProviderPerson, order_id: int, now: datetime) -> Order:
    """The meal is with the elder; a second time does nothing. A rider may tick only what is theirs,
    and goes down in the order as who went.

    Raises RefusedError of this package or care.providers, and what care.orders.life raises.
    """
    order = locked(session, order_id)
    if not _is_theirs(session, who, order):
        raise providers.RefusedError("not_found")
    if order.state in SERVED:
        return order
    if order.state not in (ACCEPTED, UNDER_WAY):
        raise RefusedError("not_delivered")
    work.check_day(order, now)
    act = Act(who.name, now, HOW)
    if order.state == ACCEPTED:
        if who.worker_id is not None:
            life.assign(
                session, order_id, act, provider_id=who.provider_id, worker_id=who.worker_id
            )
        life.start(session, order_id, act, provider_id=who.provider_id)
    return life.finish(session, order_id, act, provider_id=who.provider_id)


def _is_theirs(session: Session, who: ProviderPerson, order: Order) -> bool:
    if order.provider_id != who.provider_id or order.service not in MEALS:
        return False
    if who.office or order.worker_id == who.worker_id:
        return True
    mine = riding.legs(session, who.provider_id, order.on, order.service, who)
    return any(stop.order.id == order.id for leg in mine for stop in leg.stops)
