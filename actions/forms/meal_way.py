"""How a meal comes to the elder, in a booking: brought to the door unless they go to a canteen."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from actions.context import Context
from actions.forms.reading import Reading
from actions.forms.where import region_told
from actions.outcome import Line
from actions.turn import Turn
from care.canteens import way_words
from care.canteens.model import Canteen
from care.canteens.nearest import nearest
from care.canteens.sentences import sentence
from care.canteens.way import DELIVERY, DINE_IN, NAMES, PICK_UP
from care.elders.model import Elder
from care.orders.wish import Wish

SLOT = "canteen"
"""Holds where they go: `id`, `way`, `place` and `region`; None for a meal that is brought."""
NOT_ASKED = frozenset({"at_home", "place"})
"""Slots that a meal at a canteen doesn't need."""
WHERE = {DINE_IN: "在{}吃", PICK_UP: "自己到{}取"}
"""How a place is said where one goes there; a meal that is brought has its door."""


def refine(
    session: Session, turn: Turn, read: Reading, elder: Elder | None, context: Context
) -> Reading:
    """Adds what the utterance says of the way; without a canteen near by the meal is brought, and
    that is said."""
    way = way_words.read(turn.text)
    if way is None:
        return read
    if way == DELIVERY:
        was_going = turn.slots.get(SLOT) is not None
        return replace(read, values=read.values | {SLOT: None}) if was_going else read
    region = _region(turn, elder, context)
    canteen = nearest(session, region, context.regions, way=way)
    if canteen is None:
        told = Line(text=sentence("no_canteen", way=NAMES[way]))
        return replace(read, problems=(told, *read.problems))
    kept = {slot: value for slot, value in read.values.items() if slot not in NOT_ASKED}
    return replace(read, values=kept | {SLOT: goes_to(canteen, way)})


def goes_to(canteen: Canteen, way: str) -> dict[str, Any]:
    """What `SLOT` holds."""
    place = f"{canteen.name}({canteen.address})"
    return {"id": canteen.id, "way": way, "place": place, "region": canteen.region}


def with_way(session: Session, wish: Wish, slots: dict[str, Any]) -> Wish:
    """The wish with where they go; as it is for a meal that is brought."""
    goes = slots.get(SLOT)
    canteen = session.get(Canteen, goes["id"]) if goes else None
    if not goes or canteen is None:
        return wish
    return replace(wish, way=goes["way"], canteen_id=canteen.id, region=canteen.region)


def say(goes: dict[str, Any]) -> str:
    """在东关社区食堂吃, for what is read back."""
    return WHERE[goes["way"]].format(goes["place"])


def _region(turn: Turn, elder: Elder | None, context: Context) -> str | None:
    named = context.regions.named_in(turn.text)
    if named is not None:
        return named.name
    if elder is not None and elder.region:
        return elder.region
    return region_told(turn.slots, context.regions)
