"""How long an order waits at each step: `data/orders/deadlines.yml`."""

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from care.clock import SHANGHAI
from care.data_files import DATA, load_model
from care.orders.model import Order
from care.providers.slot import MEALS

Count = Annotated[int, Field(gt=0, le=10_000)]
Hour = Annotated[time, BeforeValidator(lambda text: time.fromisoformat(str(text)))]


class Deadlines(BaseModel):
    """Minutes and hours; see the comments in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offer_minutes: Count
    asked_from: Hour
    asked_until: Hour
    again_minutes: Count
    grace_minutes: Count
    work_hours: Count
    review_hours: Count
    ask_hours: Count
    meals: dict[str, Hour]
    """When each meal has to be there."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.asked_from >= self.asked_until:
            raise ValueError("asked_from has to be before asked_until")
        if set(self.meals) != set(MEALS):
            raise ValueError(f"meals: expected {'、'.join(MEALS)}")
        return self

    @classmethod
    def load(cls, data: Path = DATA) -> "Deadlines":
        """Reads the data folder; a bad file raises DataFileError."""
        return load_model(data / "orders" / "deadlines.yml", cls)

    @classmethod
    def own(cls) -> "Deadlines":
        """The project's own."""
        return _own()

    def moment(self, service: str, on: date, at: time | None) -> datetime:
        """When an order has to be served."""
        hour = at or self.meals.get(service, self.asked_from)
        return datetime.combine(on, hour, SHANGHAI)

    def answer_until(self, now: datetime, needed: datetime) -> datetime:
        """Until when a provider that is asked now has time to answer.

        The minutes count from the morning on when nobody is there now; an order that is `needed`
        before then can't wait for it.
        """
        wait = timedelta(minutes=self.offer_minutes)
        opens = datetime.combine(now.date(), self.asked_from, SHANGHAI)
        if now.time() >= self.asked_until:
            opens += timedelta(days=1)
        return now + wait if needed <= opens + wait else max(now, opens) + wait

    def again_from(self, now: datetime) -> datetime:
        """When providers are looked for again."""
        return now + timedelta(minutes=self.again_minutes)

    def missing_from(self, order: Order) -> datetime:
        """When an order that nobody began is looked after."""
        moment = self.moment(order.service, order.on, order.at)
        return moment + timedelta(minutes=self.grace_minutes)

    def too_long_from(self, started: datetime) -> datetime:
        """When work that nobody ended is looked after."""
        return started + timedelta(hours=self.work_hours)

    def unreviewed_from(self, done: datetime) -> datetime:
        """When nobody is expected to say any more how it was."""
        return done + timedelta(hours=self.review_hours)

    def lapses(self, order: Order) -> datetime:
        """When a draft is no longer waited for: the evening before, so that it can be made."""
        return self._asked_until(order.on)

    def is_too_late_to_ask(self, on: date, now: datetime) -> bool:
        """Whether a draft for this day would lapse at once."""
        return now >= self._asked_until(on)

    def _asked_until(self, on: date) -> datetime:
        return datetime.combine(on, time(0), SHANGHAI) - timedelta(hours=self.ask_hours)


@cache
def _own() -> Deadlines:
    return Deadlines.load()
