"""What the API answers, field by field: the schemas of its OpenAPI description."""

from datetime import date, datetime, time
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")


class Shape(BaseModel):
    """Read from the attributes of a row."""

    model_config = ConfigDict(from_attributes=True)


class Page(BaseModel, Generic[Item]):
    """A part of a list, by growing ids."""

    items: list[Item]
    after: int | None = Field(description="Ask with after= this for the next part; null: the end.")


class Person(Shape):
    """One elder on the register."""

    id: int
    name: str = Field(description="王** without elders:identify.")
    phone: str = Field(description="138****0001 without elders:identify.")
    birth_year: int | None
    sex: str | None = Field(description="female or male.")
    region: str | None = Field(description="The deepest region that is known.")
    situations: list[str] = Field(description="独居, 空巢, …")
    categories: list[str] = Field(description="低保, 特困, …")
    ability: int | None = Field(description="Assessed level, 0 to 4 (GB/T 42195-2022).")
    ability_on: date | None
    state: str = Field(description="active, moved, deceased or merged.")


class OrderItem(Shape):
    """A meal or a service that was ordered. Without the address."""

    id: int
    elder_id: int | None
    service: str
    on: date
    at: time | None
    count: int
    region: str | None
    person: str = Field(description="王** without elders:identify.")
    state: str
    provider_id: int | None
    score: int | None = Field(description="What the elder said afterwards, 1 to 5.")
    price: int | None = Field(description="分.")
    subsidy: int = Field(description="分, part of the price.")
    free_minutes: int


class VisitItem(Shape):
    """One visit that an elder is to get in a month. Without what was said."""

    id: int
    elder_id: int
    month: date = Field(description="Its first day.")
    region: str | None
    due_on: date
    state: str = Field(description="planned, done, missed or dropped.")
    done_at: datetime | None
    done_how: str | None = Field(description="home, phone or elsewhere.")


class BenefitItem(Shape):
    """One rule that holds, or may hold, for an elder who doesn't get what it gives."""

    id: int
    elder_id: int
    rule: str
    benefit: str
    region: str
    state: str = Field(
        description="to_check, new, told, applying, granted, not_eligible or lapsed."
    )
    missing: str | None = Field(description="The one fact that is to be checked.")
    found_at: datetime
    changed_at: datetime


class AlarmItem(Shape):
    """One alarm. Without what was said, and without names, numbers and places."""

    id: int
    ref: str = Field(description="As people name it.")
    category: str
    severity: int = Field(description="1 life in danger, 2 urgent, 3 to be looked into soon.")
    source: str = Field(description="speech, desk, or the device's.")
    elder_id: int | None
    state: str = Field(description="raised, acknowledged, dispatched, on_site or closed.")
    outcome: str | None
    raised_at: datetime
    acknowledged_at: datetime | None
    dispatched_at: datetime | None
    on_site_at: datetime | None
    closed_at: datetime | None


class ConsentItem(Shape):
    """What an elder said last on one matter."""

    kind: str = Field(description="recording, data or visits.")
    given: bool
    how: str
    by: str
    at: datetime


class FigureItem(BaseModel):
    """One number of the half-yearly report."""

    id: str
    label: str
    value: float
    unit: str
    means: str = Field(description="What exactly it counts.")
    regions: dict[str, dict[str, float]] = Field(description="By level, then by region.")


class HalfYear(BaseModel):
    """The half-yearly report's numbers."""

    title: str
    first_day: date
    is_over: bool
    figures: list[FigureItem]
