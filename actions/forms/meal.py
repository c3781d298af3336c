"""Booking a meal."""

from datetime import date
from typing import Any

from actions.forms.booking import Booking
from actions.forms.meal_way import SLOT
from care.orders.service import Wish


def _wish(slots: dict[str, Any]) -> Wish:
    return Wish(
        service=slots["meal"],
        on=date.fromisoformat(slots["on_date"]),
        place=(slots.get(SLOT) or slots)["place"],
        person=slots["person_name"],
        phone=slots["phone"],
        count=slots["count"],
        diet=slots["diet"],
    )


MEAL = Booking(
    form="meal_form",
    intents=("order_meal",),
    slots=(
        "for_whom",
        "on_date",
        "meal",
        "count",
        "diet",
        "at_home",
        "place",
        "person_name",
        "phone",
    ),
    wish=_wish,
    placed="utter_meal_placed",
)
