"""The parts of a day for which providers say how much they can do."""

from datetime import time
from enum import StrEnum


class Slot(StrEnum):
    """From its own beginning until the next one's."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


BEGINS = {
    Slot.MORNING: time(0, 0),
    Slot.NOON: time(11, 0),
    Slot.AFTERNOON: time(14, 0),
    Slot.EVENING: time(17, 0),
}
"""In the order of the day."""

MEALS = {"早餐": Slot.MORNING, "午餐": Slot.NOON, "晚餐": Slot.EVENING}
"""What is delivered at meal time, without an hour of its own."""


def slot_of(service: str, at: time | None) -> Slot:
    """In which slot an order falls; a service without an hour counts as the morning's."""
    if service in MEALS:
        return MEALS[service]
    if at is None:
        return Slot.MORNING
    return max((slot for slot in Slot if BEGINS[slot] <= at), key=lambda slot: BEGINS[slot])
