"""The ways in which a meal and an elder come together."""

from collections.abc import Iterable

DELIVERY = "delivery"
"""Brought to the door; what counts where nothing else was said."""
PICK_UP = "pick_up"
"""The elder, or somebody for them, fetches it."""
DINE_IN = "dine_in"
"""Eaten at the canteen."""

WAYS = (DINE_IN, PICK_UP, DELIVERY)
NAMES = {DINE_IN: "堂食", PICK_UP: "自取", DELIVERY: "送餐"}
"""As canteens call them, on pages and in sheets."""

BROUGHT_FIRST = {way: NAMES[way] for way in reversed(WAYS)}
"""As a form offers them, the usual one first."""


def named(ways: Iterable[str]) -> str:
    """堂食、送餐: in the order of `WAYS`."""
    wanted = set(ways)
    return "、".join(NAMES[way] for way in WAYS if way in wanted)
