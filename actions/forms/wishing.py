"""What a booking's slots wish for, whose it is, and what it costs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from actions.context import Context
from actions.forms import meal_way
from actions.forms.for_whom import elder_called
from actions.forms.where import region_in, region_told
from actions.turn import Turn
from care.orders.quote import Quote, quote
from care.orders.wish import Wish

Read = Callable[[dict[str, Any]], Wish]
"""The order out of the filled slots, as far as they tell."""


def wish_and_quote(
    session: Session, read: Read, slots: dict[str, Any], turn: Turn, context: Context
) -> tuple[Wish, Quote]:
    """Holds the elder's hours until the transaction ends (care.orders.quote)."""
    wish = read(slots)
    region = region_in(wish.place, context.regions)
    elder = elder_called(session, turn, wish.person)
    if region is None and elder is None:  # an elder's record knows better than what was said
        region = region_told(slots, context.regions)
    wish = replace(wish, region=region, elder_id=elder.id if elder else None)
    wish = meal_way.with_way(session, wish, slots)
    return wish, quote(session, context.catalogue, wish)
