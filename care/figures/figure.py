"""One number with its unit and, where there is one, its goal."""

from dataclasses import dataclass
from enum import Enum

from care.alarms.words import spell_seconds

_SPELT_FROM = 120
"""Seconds."""


class Unit(str, Enum):
    """What is counted."""

    COUNT = "count"
    SHARE = "share"
    """0 to 1; a goal is the least that it shall be."""
    SECONDS = "seconds"
    """A goal is the most that it shall be."""


@dataclass(frozen=True)
class Figure:
    """What stands in a tile, in a row of a table, and in an export."""

    id: str
    """Its name and its meaning stand under this in `data/figures/words.yml`."""
    value: float | None
    """None when there was nothing to count it from."""
    unit: Unit = Unit.COUNT
    goal: float | None = None
    counted: int | None = None
    """Of a share: of how many."""

    @property
    def reaches_goal(self) -> bool | None:
        """None without a goal, or without a value."""
        if self.goal is None or self.value is None:
            return None
        return self.value <= self.goal if self.unit is Unit.SECONDS else self.value >= self.goal

    @property
    def shown(self) -> str:
        """As it is read: 12, 97.5%, 8.4 秒; a dash for nothing."""
        return show(self.value, self.unit)

    @property
    def goal_shown(self) -> str:
        """The goal as it is read."""
        return show(self.goal, self.unit)


def show(value: float | None, unit: Unit) -> str:
    """A value as it is read."""
    if value is None:
        return "—"
    if unit is Unit.SHARE:
        return _percent(value)
    if unit is Unit.SECONDS:
        return f"{value:.1f}秒" if value < _SPELT_FROM else spell_seconds(value)
    return f"{value:.0f}"


def _percent(share: float) -> str:
    """Rounded down, so that 99.96 % is never shown as if all had been."""
    tenths = int(share * 1000 + 1e-9)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"
