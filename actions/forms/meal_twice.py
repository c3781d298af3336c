"""A meal that is ordered already isn't ordered a second time by a second booking of it."""

from typing import Any

from sqlalchemy.orm import Session

from actions.answers.orders import own_orders
from actions.context import Context
from actions.forms.meal_fit import wish_so_far
from actions.forms.step import Step
from actions.outcome import Line, Spoken
from actions.turn import Turn
from care.canteens.sentences import sentence
from care.canteens.words import say_day
from care.elders.model import Elder
from care.orders.attention import ALLERGY
from care.orders.state import DRAFT
from care.orders.twice import hold, ordered_already
from care.orders.wish import Wish


def end(
    turn: Turn, slots: dict[str, Any], elder: Elder | None, context: Context, done: dict[str, None]
) -> Step | None:
    """The end of a booking, once it is clear which meal and whose: they hear of the order that is
    there, and may change it. None where there is none. `done`: the booking's own slots, emptied.
    """
    wish = wish_so_far(slots, elder, context)
    if wish is None:
        return None
    with context.reading() as session:
        order = ordered_already(session, wish)
    if order is None:
        return None
    day = say_day(wish.on, context.today())
    if all(each.id != order.id for each in own_orders(turn, context)):
        # With its number and the telephone's anybody would hear where they live.
        told = sentence("twice_elsewhere", day=day, meal=wish.service)
        return Step(Spoken((Line(text=told),)), {**done})
    if order.state == DRAFT and order.attention != ALLERGY:  # theirs to say yes or no to
        task = {"order_task": "check", "order_ref_asked": order.ref}
        return Step(Spoken(), {**done, **task}, then="order_form")
    told = sentence("twice", day=day, meal=wish.service, count=order.count, ref=order.ref)
    lines = (Line(text=told + sentence("more")),)
    return Step(Spoken(lines), {**done, "order_ref": order.ref})


def is_there(session: Session, wish: Wish, slots: dict[str, Any]) -> bool:
    """As `end`, in the transaction that places it: whether somebody was quicker. What comes again
    is looked at day by day (care.orders.coming)."""
    if slots.get("pattern"):
        return False
    hold(session, wish)
    return ordered_already(session, wish) is not None
