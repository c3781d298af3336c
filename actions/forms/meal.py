"""Booking a meal."""

from datetime import date
from typing import Any

from actions.forms.booking import Booking
from care.orders.service import Wish


def _wish(slots: dict[str, Any]) -> Wish:
    return Wish(
        service=slots["meal"],
        on=date.fromisoformat(slots["on_date"]),
        place=slots["place"],
        person=slots["person_name"],
        phone=slots["phone"],
        count=slots["count"],
        diet=slots["diet"],
    )


MEAL = Booking(
    form="meal_form",
    intents=("order_meal",),
    slots=("on_date", "meal", "count", "diet", "place", "person_name", "phone"),
    wish=_wish,
    placed="utter_meal_placed",
)
