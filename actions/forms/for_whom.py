"""Of whom a booking is, as far as the channel vouches for it and anybody said."""

from typing import Any

from sqlalchemy.orm import Session

from actions.answers.orders import conversation_id
from actions.context import Context
from actions.record import Record, meant
from actions.turn import Turn
from care.elders.model import Elder
from care.orders.whose import named


def elder_called(session: Session, turn: Turn, name: str | None) -> Elder | None:
    """The elder of this name, of those for whom the channel vouches."""
    mine = conversation_id(session, turn)
    return named(session, mine, name) if mine and name else None


def probable_name(turn: Turn, values: dict[str, Any], found: list[Record]) -> str | None:
    """Of whom it is probably about, also before that was said; `values` are new."""
    told: str | None = values.get("person_name") or turn.slots.get("person_name")
    record = meant(found, told)
    return told or (record.name if record else None)


def probable_elder(
    turn: Turn, values: dict[str, Any], found: list[Record], context: Context
) -> Elder | None:
    """The elder of that name."""
    with context.reading() as session:
        return elder_called(session, turn, probable_name(turn, values, found))
