"""The festivals on which standing orders aren't taken for granted: `data/orders/festivals.yml`."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from care.data_files import DATA, load_model
from care.language.lunar import TERMS, lunar_date, next_term

Day = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class Festival(BaseModel):
    """One festival, on exactly one of the three calendars."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=2)
    lunar: Day | None = None
    """Month and day; 12-30 is the last day of the year, however long its last month."""
    solar: Day | None = None
    term: str | None = None
    days: int = Field(default=1, ge=1, le=7)

    @model_validator(mode="after")
    def _on_one_calendar(self) -> Self:
        if sum(each is not None for each in (self.lunar, self.solar, self.term)) != 1:
            raise ValueError(f"{self.name}: expected one of lunar, solar and term")
        if self.term is not None and self.term not in TERMS:
            raise ValueError(f"{self.name}: no solar term is called '{self.term}'")
        return self


class Festivals(BaseModel):
    """All of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    festivals: tuple[Festival, ...]

    @classmethod
    def load(cls, data: Path = DATA) -> "Festivals":
        """Reads the data folder; a bad file raises DataFileError."""
        return load_model(data / "orders" / "festivals.yml", cls)

    @classmethod
    def own(cls) -> "Festivals":
        """The project's own."""
        return _own()

    def on(self, day: date) -> str | None:
        """Which festival a day belongs to."""
        for festival in self.festivals:
            # A lunar year begins in January or February: its last days lie in the next one.
            for year in (day.year - 1, day.year):
                first = _begins(festival, year)
                if first and first <= day < first + timedelta(days=festival.days):
                    return festival.name
        return None


@cache
def _begins(festival: Festival, year: int) -> date | None:
    """Its first day in a year: of the lunar calendar for a lunar day, else of the other."""
    if festival.solar is not None:
        return date.fromisoformat(f"{year}-{festival.solar}")
    if festival.lunar is not None:
        month, day = (int(part) for part in festival.lunar.split("-"))
        return lunar_date(year, month, day)
    return next_term(festival.term or "", date(year, 1, 1), year=year)


@cache
def _own() -> Festivals:
    return Festivals.load()
