"""Another way for a meal that is ordered: eaten at the canteen, fetched, or brought after all."""

from dataclasses import replace
from typing import Any

from actions.context import Context
from actions.forms import meal_way
from actions.forms.reading import Reading
from actions.forms.where import region_in, region_told
from actions.outcome import Line
from actions.record import meant, records
from actions.turn import Turn
from care.canteens import way_words
from care.canteens.model import Canteen
from care.canteens.nearest import nearest
from care.canteens.sentences import sentence
from care.canteens.way import DELIVERY, NAMES
from care.orders.model import Order
from care.providers.slot import MEALS


def is_named(turn: Turn) -> bool:
    """Whether an utterance says how a meal is to come, whatever else it might mean."""
    return way_words.read(turn.text) is not None


def refine(
    turn: Turn, read: Reading, order: Order, draft: dict[str, Any], context: Context
) -> Reading:
    """Adds what the utterance says of the way, where that is another than the order has with
    `draft`; or what is missing for it."""
    way = way_words.read(turn.text) if order.service in MEALS else None
    goes = draft.get(meal_way.SLOT)
    before = DELIVERY if draft.get("place") else order.way
    if way is None or way == (goes["way"] if goes else before):
        return read
    if way == DELIVERY:
        return _brought(turn, read, order, context)
    canteen = _canteen(turn, order, way, context)
    if canteen is None:
        told = Line(text=sentence("no_canteen_there", way=NAMES[way]))
        return replace(read, problems=(told, *read.problems))
    values = {slot: value for slot, value in read.values.items() if slot != "place"}
    return replace(
        read, values=values | {meal_way.SLOT: meal_way.goes_to(canteen, way), "place": None}
    )


def _brought(turn: Turn, read: Reading, order: Order, context: Context) -> Reading:
    """To the door that is named, else where it would have gone, else to the home on record."""
    back = {meal_way.SLOT: None}
    if order.way == DELIVERY and not read.values.get("place"):
        return replace(read, values=read.values | back)
    record = meant(records(turn, context), order.person)
    place = read.values.get("place") or (record.place if record else None)
    if place is None:
        return replace(read, problems=(Line(text=sentence("which_door")), *read.problems))
    region = region_in(place, context.regions) or (record.profile.region if record else None)
    return replace(read, values=read.values | back | {"place": place, "region": region})


def _canteen(turn: Turn, order: Order, way: str, context: Context) -> Canteen | None:
    """The one where they go already, if that can be done there too, else the nearest."""
    named = context.regions.named_in(turn.text)
    region = named.name if named else order.region or region_told(turn.slots, context.regions)
    with context.reading() as session:
        own = session.get(Canteen, order.canteen_id) if order.canteen_id is not None else None
        if own is not None and named is None and own.active and way in own.ways:
            return own
        return nearest(session, region, context.regions, way=way)
