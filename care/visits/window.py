"""When the assistant may telephone: `data/visits/calls.yml`."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from care.data_files import DATA, load_model

_DAY = (time(8), time(20))
_REST = (time(12), time(14))
"""At midday old people sleep."""


class Window(BaseModel):
    """A part of the day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    from_: Annotated[time, Field(alias="from")]
    to: time

    @model_validator(mode="after")
    def _by_day(self) -> Self:
        if not _DAY[0] <= self.from_ < self.to <= _DAY[1]:
            raise ValueError("calls are made between 08:00 and 20:00, from earlier to later")
        if self.from_ < _REST[1] and self.to > _REST[0]:
            raise ValueError("between 12:00 and 14:00 nobody is called")
        return self


class Calls(BaseModel):
    """All that the file says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    windows: Annotated[tuple[Window, ...], Field(min_length=1)]
    at_once: Annotated[int, Field(ge=1, le=30)]
    tries: Annotated[int, Field(ge=1, le=5)]
    ring: Annotated[float, Field(ge=15, le=60)]
    """Seconds."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for earlier, later in zip(self.windows, self.windows[1:], strict=False):
            if later.from_ < earlier.to:
                raise ValueError("the windows stand in the order of the day, and don't overlap")
        return self

    @classmethod
    def load(cls, data: Path = DATA) -> "Calls":
        """Raises DataFileError."""
        return load_model(data / "visits" / "calls.yml", cls)

    def window_at(self, at: datetime) -> tuple[date, int] | None:
        """The day and which window of it; None when nobody is called."""
        clock = at.time()
        for number, window in enumerate(self.windows):
            if window.from_ <= clock < window.to:
                return at.date(), number
        return None
