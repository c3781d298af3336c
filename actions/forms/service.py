"""Booking a service or a visit at home."""

from datetime import date, time
from typing import Any

from actions.forms.booking import Booking
from care.orders.service import Wish


def _wish(slots: dict[str, Any]) -> Wish:
    return Wish(
        service=slots["service"],
        on=date.fromisoformat(slots["on_date"]),
        at=time.fromisoformat(slots["at_time"]),
        place=slots["place"],
        person=slots["person_name"],
        phone=slots["phone"],
    )


SERVICE = Booking(
    form="service_form",
    intents=("book_service", "book_visit"),
    slots=("for_whom", "service", "on_date", "at_time", "at_home", "place", "person_name", "phone"),
    wish=_wish,
    placed="utter_service_placed",
)
