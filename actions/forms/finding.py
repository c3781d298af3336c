"""Which of the orders somebody speaks of."""

import re
from dataclasses import dataclass, replace

from actions.answers.orders import conversation_id, own_orders
from actions.context import Context
from actions.turn import Turn
from care.language.dates import resolve_date
from care.language.day_words import find_days
from care.language.resolve import without_overlaps
from care.orders import service as orders
from care.orders.model import Order

_TARGET = re.compile(r"(改|换|挪|推|调|提前|推迟|延)(到|成|至|为|去|在)?$")
"""Before a day: it is the new one."""


@dataclass(frozen=True)
class Asked:
    """The reference and number that were told to find an order by."""

    ref: str | None
    phone: str | None


def asked(turn: Turn) -> Asked:
    """What this turn, and those before, told."""
    digits = "".join(sign for sign in turn.text if sign.isdigit())
    bare = digits if turn.requested == "order_ref_asked" and len(digits) == 4 else None
    ref = turn.first("order_ref") or turn.slots.get("order_ref_asked") or bare
    told = turn.first("phone") if turn.requested == "order_phone" else None
    return Asked(ref, told or turn.slots.get("order_phone") or turn.slots.get("phone"))


def by_day(turn: Turn, context: Context) -> tuple[Order, Turn] | None:
    """The one order of the day that was named (把周三的改到周五), and the turn without that day."""
    if not turn.is_new and turn.requested != "order_ref_asked":
        return None
    own = own_orders(turn, context)
    # Of 周三改到周五 the mentions keep the last day alone: the first was taken back, it seems.
    for said in without_overlaps(list(find_days(turn.text))):
        if _TARGET.search(turn.text[: said.start]):
            continue
        on = resolve_date(said.value, context.today())
        found = [order for order in own if order.on == on]
        if len(found) == 1:
            rest = tuple(each for each in turn.mentions if each.start != said.start)
            return found[0], replace(turn, mentions=rest)
    return None


def find(turn: Turn, told: Asked, context: Context) -> Order | None:
    """An order of one's own, or one whose reference and number were both told."""
    own = own_orders(turn, context)
    ref = told.ref or turn.slots.get("order_ref")
    known = next((order for order in own if order.ref == ref), None)
    if known is not None or not told.ref:
        return known or (own[0] if len(own) == 1 else None)
    with context.reading() as session:
        mine = conversation_id(session, turn)
        found = orders.find_own(session, told.ref, mine) if mine else None
        if found is None and told.phone:
            found = orders.find(session, told.ref, told.phone)
    return found
