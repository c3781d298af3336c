"""Whoever moves away or dies: what was promised to them ends in the same transaction."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from care.desk import callbacks
from care.elders import writing
from care.elders.model import DECEASED, MOVED, Elder
from care.elders.sentences import sentence
from care.orders import life, series
from care.orders.model import Order
from care.orders.standing import OrderSeries
from care.orders.state import AHEAD
from care.orders.steps import Act
from care.visits import service as visits

GONE = frozenset({MOVED, DECEASED})
"""States of a record whose elder gets nothing more."""


def set_state(session: Session, elder: Elder, state: str, act: Act) -> int:
    """active, moved or deceased. Of whoever is gone the standing orders end, and the orders that
    have not begun and the planned visits are cancelled; gives how many of all these.

    What was for several goes to the desk's list of call-backs: somebody at home may still want
    it. Benefits end with the next nightly round. Nothing comes back by itself with `active`.
    """
    ended = _end(session, elder, state, act) if state in GONE else 0
    writing.set_state(session, elder, state, by=act.by, now=act.now)
    return ended


def hold(session: Session, elder_id: int, today: date) -> tuple[list[OrderSeries], list[Order]]:
    """Locks their standing orders and the orders ahead: for whoever locks the record, too, which
    comes after these (care.orders.steps.locked)."""
    goes_on = or_(OrderSeries.ends.is_(None), OrderSeries.ends >= today)
    standing = select(OrderSeries).where(_theirs(session, OrderSeries, elder_id), goes_on)
    ahead = select(Order).where(
        _theirs(session, Order, elder_id), Order.state.in_(AHEAD), Order.on >= today
    )
    fresh = {"populate_existing": True}
    rows = standing.order_by(OrderSeries.id).with_for_update().execution_options(**fresh)
    orders = ahead.order_by(Order.id).with_for_update().execution_options(**fresh)
    return list(session.scalars(rows)), list(session.scalars(orders))


def _end(session: Session, elder: Elder, state: str, act: Act) -> int:
    why = sentence(f"gone_{state}")
    act = Act(act.by, act.now, act.how, why)
    today = act.now.date()
    standing, ahead = hold(session, elder.id, today)
    for row in standing:
        series.end(session, row.id, today - timedelta(days=1), act)
    for order in ahead:
        life.cancel(session, order.id, act)
    counts = [(row.phone, row.count) for row in standing] + [(o.phone, o.count) for o in ahead]
    for phone in sorted({phone for phone, count in counts if count > 1}):
        about = sentence("gone_for_several", name=elder.name, why=why)
        wish = callbacks.Wish(phone, about, act.now)
        callbacks.make(session, wish, by=act.by, now=act.now)
    dropped = visits.drop(session, elder.id, by=act.by, now=act.now)
    return len(standing) + len(ahead) + dropped


def _theirs(
    session: Session, table: type[Order] | type[OrderSeries], elder_id: int
) -> ColumnElement[bool]:
    """Ordered for the elder, or left under their name and number: on a landline nobody is sure."""
    names = select(Elder.name, Elder.phone).where(
        or_(Elder.id == elder_id, Elder.merged_into_id == elder_id)
    )
    left = [
        and_(table.elder_id.is_(None), table.person == name, table.phone == phone)
        for name, phone in session.execute(names)
    ]
    return or_(table.elder_id == elder_id, *left)
