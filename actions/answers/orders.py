"""Orders that were placed already: which ones there are."""

from sqlalchemy.orm import Session

from actions.context import Context
from actions.forms import wording
from actions.outcome import Line, Spoken, line
from actions.turn import Turn
from care.conversations import service as conversations
from care.orders import service as orders
from care.orders.model import Order


def conversation_id(session: Session, turn: Turn) -> int | None:
    """The conversation that this turn belongs to."""
    row = conversations.by_dialogue_id(session, turn.dialogue_id)
    return row.id if row else None


def own_orders(turn: Turn, context: Context) -> list[Order]:
    """The open orders that were placed in this conversation, soonest first."""
    with context.sessions() as session:
        mine = conversation_id(session, turn)
        return orders.upcoming(session, mine, context.today()) if mine else []


def tell(order: Order, context: Context) -> Line:
    """One order, and whether it still stands."""
    state = "found" if order.state == "placed" else order.state
    content = wording.stored(order, context)
    return line(f"utter_order_{state}", ref=order.ref, order=content)


def answer_check(turn: Turn, context: Context) -> Spoken:
    """Reads the orders out; a reference, or none placed here, goes on to looking it up."""
    found = own_orders(turn, context)
    if not found or turn.first("order_ref"):
        return Spoken(slots={"order_task": "check"}, follow="order_form")
    return Spoken(tuple(tell(order, context) for order in found))


def answer_change(_turn: Turn, _context: Context) -> Spoken:
    """Starts changing an order."""
    return Spoken(slots={"order_task": "change"}, follow="order_form")


def answer_cancel(_turn: Turn, _context: Context) -> Spoken:
    """Starts cancelling an order."""
    return Spoken(slots={"order_task": "cancel"}, follow="order_form")
