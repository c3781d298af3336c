"""Orders that were placed already: which ones there are."""

import re
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from actions.context import Context
from actions.forms import wording
from actions.outcome import Line, Spoken, line
from actions.turn import Turn
from care.canteens import way_words
from care.conversations import service as conversations
from care.orders import festive_words, series
from care.orders import service as orders
from care.orders.model import Order
from care.orders.served_by import names
from care.orders.standing import OrderSeries
from care.orders.state import CANCELLED, CLOSED, OFFERED, REVIEWED
from care.orders.whose import vouched
from care.providers.slot import MEALS

_AT_ONCE = 3
_NEW = re.compile(r"订|点餐|(要|来|送)[一两二三1-9]份")
_OTHERWISE = re.compile(r"改|换成|(不用|不要|别|甭)(再|给我)?送")
_OF_A_MEAL = {"date", "meal", "time", "count", "address"}
_SAID_AS = {OFFERED: "placed", REVIEWED: "done", CLOSED: "done"}
"""States that are told like another."""


def conversation_id(session: Session, turn: Turn) -> int | None:
    """The conversation that this turn belongs to."""
    row = conversations.by_dialogue_id(session, turn.dialogue_id)
    return row.id if row else None


def own_orders(turn: Turn, context: Context) -> list[Order]:
    """The open orders of this conversation, and of whom its channel vouches for, soonest first."""
    with context.reading() as session:
        mine = conversation_id(session, turn)
        if mine is None:
            return []
        elders = [elder.id for elder in vouched(session, mine)]
        return orders.upcoming(session, mine, context.today(), elders)


def last_order(turn: Turn, context: Context) -> Order | None:
    """The order that they asked for last, in whatever state."""
    with context.reading() as session:
        mine = conversation_id(session, turn)
        if mine is None:
            return None
        elders = [elder.id for elder in vouched(session, mine)]
        return orders.last_of_conversation(session, mine, elders)


def tell(order: Order, context: Context) -> Line:
    """One order, how far it is, and who comes."""
    state = _SAID_AS.get(order.state, order.state)
    content = wording.stored(order, context)
    with context.reading() as session:
        who = "的".join(name for name in names(session, order) if name) or "师傅"
    return line(f"utter_order_{state}", ref=order.ref, order=content, who=who)


def answer_check(turn: Turn, context: Context) -> Spoken:
    """Reads the orders out, or else the last one; a reference, or none, asks for more."""
    found = own_orders(turn, context)
    last = None if found else last_order(turn, context)
    if last is not None and last.state != CANCELLED:
        found = [last]
    if not found or turn.first("order_ref"):
        return Spoken(slots={"order_task": "check"}, follow="order_form")
    return Spoken(tell_all(found, context))


def tell_all(found: list[Order], context: Context) -> tuple[Line, ...]:
    """The first few; more than that nobody keeps in mind."""
    more = len(found) - _AT_ONCE
    rest = (line("utter_orders_more", count=f"{more}"),) if more > 0 else ()
    return (*(tell(order, context) for order in found[:_AT_ONCE]), *rest)


def answer_change(turn: Turn, context: Context) -> Spoken:
    """Starts changing an order, or settling what comes again on festivals."""
    task = "festive" if _is_of_festivals(turn, context) else "change"
    return Spoken(slots={"order_task": task, "order_draft": None}, follow="order_form")


def answer_cancel(turn: Turn, context: Context) -> Spoken:
    """Starts cancelling an order, or leaving out days of what comes again."""
    if _is_of_festivals(turn, context) or changes_way(turn, context):
        return answer_change(turn, context)
    task = "skip" if _means_series(turn, context) else "cancel"
    return Spoken(slots={"order_task": task, "order_draft": None}, follow="order_form")


def answer_resume(turn: Turn, context: Context) -> Spoken:
    """Goes on with what was stopped; where nothing was, it is a new wish."""
    with context.reading() as session:
        is_stopped = bool(stopped(session, turn, context))
        going = dict.fromkeys(row.service for row in running(session, turn, context))
    if is_stopped:
        return Spoken(slots={"order_task": "resume", "order_draft": None}, follow="order_form")
    if going:
        what = "和".join(context.catalogue.say(service) for service in going)
        return Spoken((line("utter_series_runs", what=what),))
    return Spoken(follow="service_form" if turn.first("service") else "meal_form")


def _is_of_festivals(turn: Turn, context: Context) -> bool:
    if festive_words.read(turn.text) is None:
        return False
    with context.reading() as session:
        return bool(running(session, turn, context))


def _means_series(turn: Turn, context: Context) -> bool:
    if turn.first("order_ref"):
        return False
    with context.reading() as session:
        services = {row.service for row in running(session, turn, context)}
    named = turn.first("service") or turn.first("meal")
    return bool(services) and named in {None, *services}


def changes_way(turn: Turn, context: Context) -> bool:
    """Whether 还是送来吧, said outside any form, is about a meal that is ordered rather than a new
    one, whatever it was taken for."""
    way = way_words.read(turn.text) if turn.is_new else None
    says_more = any(mention.kind in _OF_A_MEAL for mention in turn.mentions)
    is_new = _NEW.search(turn.text) or (says_more and not _OTHERWISE.search(turn.text))
    if way is None or is_new:
        return False
    wanted = {turn.first("meal")} & MEALS.keys() or MEALS.keys()
    meals = [order for order in own_orders(turn, context) if order.service in wanted]
    last = [order for order in meals if order.ref == turn.slots.get("order_ref")]
    return any(order.way != way for order in last or meals)


def running(session: Session, turn: Turn, context: Context) -> list[OrderSeries]:
    """What comes again after today for this conversation, and for whom its channel vouches."""
    return _standing(series.running, session, turn, context)


def stopped(session: Session, turn: Turn, context: Context) -> list[OrderSeries]:
    """What could come again from tomorrow on, of the same people."""
    return _standing(series.stopped, session, turn, context)


def _standing(
    find: Callable[..., list[OrderSeries]], session: Session, turn: Turn, context: Context
) -> list[OrderSeries]:
    mine = conversation_id(session, turn)
    if mine is None:
        return []
    elders = [elder.id for elder in vouched(session, mine)]
    tomorrow = context.today() + timedelta(days=1)
    return find(session, tomorrow, conversation_id=mine, elder_ids=elders)
