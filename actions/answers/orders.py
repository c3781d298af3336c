"""Orders that were placed already: which ones there are."""

from actions.context import Context
from actions.forms import wording
from actions.outcome import Spoken, line
from actions.turn import Turn
from care.conversations import service as conversations
from care.orders import service as orders
from care.orders.model import Order


def own_orders(turn: Turn, context: Context) -> list[Order]:
    """The open orders that were placed in this conversation, soonest first."""
    with context.sessions() as session:
        row = conversations.by_dialogue_id(session, turn.dialogue_id)
        return orders.upcoming(session, row.id, context.today()) if row else []


def answer_check(turn: Turn, context: Context) -> Spoken:
    """Reads the orders out; without any, goes on to ask for the reference."""
    found = own_orders(turn, context)
    if not found or turn.first("order_ref"):
        return Spoken(slots={"order_task": "check"}, follow="order_form")
    return Spoken(
        tuple(
            line("utter_order_found", ref=order.ref, order=wording.stored(order, context))
            for order in found
        )
    )


def answer_change(_turn: Turn, _context: Context) -> Spoken:
    """Starts changing an order."""
    return Spoken(slots={"order_task": "change"}, follow="order_form")


def answer_cancel(_turn: Turn, _context: Context) -> Spoken:
    """Starts cancelling an order."""
    return Spoken(slots={"order_task": "cancel"}, follow="order_form")
