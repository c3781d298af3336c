"""The list that a provider's people have open all day: offers, what they do, what was taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from care.orders.model import Order, OrderEvent, OrderOffer
from care.orders.state import ACCEPTED, CANCELLED, OFFERED, SERVED, UNDER_WAY
from care.providers import workers
from care.providers.model import Worker
from care.providers.signed_in import ProviderPerson

AHEAD = timedelta(days=14)
"""How far ahead accepted orders are listed."""
_TAKEN = ("cancelled", "reassigned", "changed")
"""Answers to an offer that nobody of the provider gave."""


@dataclass(frozen=True)
class Gone:
    """What they had, or were asked for, and have no longer."""

    order: Order
    """As it is by now."""
    why: str
    """cancelled, reassigned or changed: an answer of care.orders.model.OrderOffer."""
    was: str
    """For changed: the day and the hour that it had."""


@dataclass(frozen=True)
class Board:
    """What somebody of a provider has before them now."""

    offers: list[Order]
    """Waiting for an answer, the first to lapse first; the office's alone."""
    here: list[Order]
    """Begun and not ended."""
    today: list[Order]
    """Accepted, for today or overdue."""
    later: list[Order]
    done: list[Order]
    """Of today."""
    gone: list[Gone]
    """Cancelled or taken back today, the latest first; of workers, what they were to do."""
    workers: dict[int, Worker]
    """Everybody who was ever sent, by their number."""


def board(session: Session, who: ProviderPerson, now: datetime) -> Board:
    """As of now, in the order in which they are due."""
    mine = Order.provider_id == who.provider_id
    if who.worker_id is not None:
        mine = mine & (Order.worker_id == who.worker_id)
    today = now.date()

    def found(*where: object) -> list[Order]:
        query = select(Order).where(mine, *where)  # type: ignore[arg-type]
        return list(session.scalars(query.order_by(Order.on, Order.at, Order.id)))

    ahead = found(Order.state == ACCEPTED, Order.on <= today + AHEAD)
    since = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Board(
        offers=found(Order.state == OFFERED) if who.office else [],
        here=found(Order.state == UNDER_WAY),
        today=[order for order in ahead if order.on <= today],
        later=[order for order in ahead if order.on > today],
        done=found(Order.state.in_(SERVED), Order.done_at >= since),
        gone=_gone(session, who, since),
        workers={worker.id: worker for worker in workers.of(session, who.provider_id)},
    )


def _gone(session: Session, who: ProviderPerson, since: datetime) -> list[Gone]:
    query = (
        select(Order, OrderOffer.answer, OrderOffer.reason)
        .join(OrderOffer, OrderOffer.order_id == Order.id)
        .where(
            OrderOffer.provider_id == who.provider_id,
            OrderOffer.answer.in_(_TAKEN),
            OrderOffer.answered_at >= since,
            # What was taken and is asked for again is with the others.
            Order.provider_id.is_distinct_from(who.provider_id) | (Order.state == CANCELLED),
        )
        .order_by(OrderOffer.id.desc())
    )
    if who.worker_id is not None:
        sent = exists().where(
            OrderEvent.order_id == Order.id,
            OrderEvent.kind.in_(("accepted", "assigned")),
            OrderEvent.note == str(who.worker_id),
            OrderEvent.at.between(OrderOffer.at, OrderOffer.answered_at),
        )
        query = query.where(sent)
    found: dict[int, Gone] = {}
    for order, why, reason in session.execute(query):
        found.setdefault(order.id, Gone(order, why or "", reason if why == "changed" else ""))
    return list(found.values())
