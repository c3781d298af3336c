"""What somebody fills in about a canteen, as the register takes it."""

import re
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from care.canteens.meals import usual_meals
from care.canteens.refused import RefusedError
from care.canteens.register import MOST_SEATS, Course, Facts, Hours
from console.desk.answers import refuse
from console.desk.canteens.shared import hour

_BETWEEN = re.compile(r"[、,，;；\s]+")


class FactsForm(BaseModel):
    """Who and where a canteen is."""

    provider: int = 0
    name: str = Field("", max_length=100)
    kind: str = Field("", max_length=16)
    region: str = Field("", max_length=64)
    address: str = Field("", max_length=300)
    phone: str = Field("", max_length=40)
    way: list[str] = Field(default_factory=list, max_length=8)
    csrf_token: str = ""

    @property
    def facts(self) -> Facts:
        """For the register, which says what is wrong with them."""
        return Facts(self.name, self.kind, self.region, self.address, self.phone, self.way)


class CourseForm(BaseModel):
    """A round."""

    name: str = Field("", max_length=100)
    meal: str = Field("", max_length=16)
    leaves: str = Field("", max_length=16)
    until: str = Field("", max_length=16)
    days_before: int = Field(0, ge=0, le=1)
    areas: str = Field("", max_length=1000)
    worker: int = 0
    """0: whoever the office sends."""
    csrf_token: str = ""

    @property
    def course(self) -> Course:
        """For the register. Raises RefusedError for what is no hour."""
        leaves, until = hour(self.leaves), hour(self.until)
        if leaves is None or until is None:
            raise RefusedError("leaves_bad")
        return Course(
            name=self.name,
            meal=self.meal,
            leaves=leaves,
            until=until,
            days_before=self.days_before,
            areas=_BETWEEN.split(self.areas),
            worker_id=self.worker or None,
        )


async def _meals(request: Request) -> dict[str, Hours]:
    """Those that are ticked. Raises what the desk answers with 400."""
    form = await request.form()
    typed = {name: str(value) for name, value in form.items()}
    try:
        return {meal: _hours(typed, meal) for meal in usual_meals() if f"{meal}-served" in typed}
    except RefusedError as error:
        raise refuse(str(error), 400) from error


def _hours(typed: dict[str, str], meal: str) -> Hours:
    opens, closes, until = (
        hour(typed.get(f"{meal}-{name}", "")) for name in ("opens", "closes", "until")
    )
    if opens is None or closes is None or until is None:
        raise RefusedError("hours_bad", meal=meal)
    seats = typed.get(f"{meal}-seats", "").strip()
    if seats and not (seats.isascii() and seats.isdecimal() and len(seats) <= len(f"{MOST_SEATS}")):
        raise RefusedError("seats_bad")
    before = 1 if typed.get(f"{meal}-before") == "1" else 0
    return Hours(opens, closes, until, before, int(seats) if seats else None)


Meals = Annotated[dict[str, Hours], Depends(_meals)]
