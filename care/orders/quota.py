"""Free hours of home service: how many an elder has in a month, and how many are left.

Who has how many is in the entitlement rules (`data/entitlements/rules`, kind hours, per 月), each
with its source. Where a source gives only a span, its least counts until an official has decided;
what they decided is a grant. Used hours are the orders' own figures: there is no second book.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.elders.model import Elder
from care.elders.profile import profile_of
from care.entitlements.load import Entitlements
from care.entitlements.rule import Rule
from care.orders.allowance import HourGrant
from care.orders.model import Order
from care.orders.state import SERVED


@dataclass(frozen=True)
class Hours:
    """An elder's free minutes of one month."""

    allowance: int
    used: int
    """In orders that are done."""
    set_aside: int
    """For orders to come."""
    source: str
    """Which rules, or grant, give them; empty where none does."""
    decided: bool
    """An official has confirmed them; otherwise the community has the last word."""

    @property
    def left(self) -> int:
        """What further orders can still take. Never below 0, also when a grant was lowered."""
        return max(0, self.allowance - self.used - self.set_aside)


def left(session: Session, elder_id: int, on: date) -> Hours:
    """The free minutes of the month in which `on` lies, as they stand for that day.

    Raises sqlalchemy.exc.NoResultFound for an unknown elder.
    """
    elder = session.get_one(Elder, elder_id)
    minutes, source, decided = _allowance(session, elder, on)
    first, last = month_of(on)
    taken = select(func.coalesce(func.sum(Order.free_minutes), 0)).where(
        Order.elder_id == elder_id, Order.on.between(first, last)
    )
    used = session.scalar(taken.where(Order.state.in_(SERVED))) or 0
    ahead = session.scalar(taken.where(Order.state.not_in(SERVED))) or 0
    return Hours(minutes, used, ahead, source, decided)


def hold(session: Session, elder_id: int) -> None:
    """Lets nobody else count this elder's hours until the transaction ends.

    Where an order is held as well, that comes first (`care.orders.steps.locked`).
    """
    session.execute(select(Elder.id).where(Elder.id == elder_id).with_for_update())


def settle(session: Session, order: Order, *, vouched: bool) -> None:
    """Counts what an order that is done really took of the hours that were set aside for it.

    Work that took longer takes more only where the elder has `vouched` for its end with their code,
    and as far as the month has some left: whoever merely ticks it off may do so hours later.
    """
    if not order.free_minutes or order.elder_id is None:
        return
    if not vouched:
        order.free_minutes = min(worked(order), order.free_minutes)
        return
    hold(session, order.elder_id)
    session.flush()
    more = left(session, order.elder_id, order.on).left
    order.free_minutes = min(worked(order), order.free_minutes + more)


def worked(order: Order) -> int:
    """Whole minutes from the beginning to the end, at least one; 0 before the end."""
    if order.started_at is None or order.done_at is None:
        return 0
    return max(1, round((order.done_at - order.started_at).total_seconds() / 60))


def grant(
    session: Session, elder_id: int, minutes: int, *, since: date, by: str, note: str, now: datetime
) -> HourGrant:
    """Keeps what an official decided, from the first of the month of `since` on."""
    row = HourGrant(
        elder_id=elder_id, minutes=minutes, since=since.replace(day=1), by=by, note=note, at=now
    )
    session.add(row)
    session.flush()
    return row


def month_of(on: date) -> tuple[date, date]:
    """The first and the last day of its month."""
    return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])


def _allowance(session: Session, elder: Elder, on: date) -> tuple[int, str, bool]:
    query = select(HourGrant).where(HourGrant.elder_id == elder.id, HourGrant.since <= on)
    granted = session.scalar(query.order_by(HourGrant.since.desc(), HourGrant.id.desc()).limit(1))
    if granted is not None:
        return granted.minutes, f"grant {granted.id}", True
    decision = _rules().decide(profile_of(elder, on))
    rules = [found.rule for found in decision.entitled if _hours(found.rule)]
    best = max(rules, key=_hours, default=None)
    return (60 * _hours(best), best.id, False) if best else (0, "", False)


def _hours(rule: Rule) -> int:
    """Hours a month that a rule surely gives; 0 for rules of other kinds."""
    if rule.what.kind != "hours" or rule.what.per != "月":
        return 0
    return rule.what.amount or rule.what.least or 0


@cache
def _rules() -> Entitlements:
    return Entitlements.load()
