"""How a number is divided: each in one query, rows of what it is divided by and a number."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from care.alarms.model import Alarm
from care.alarms.words import Words as AlarmWords
from care.canteens.way import NAMES
from care.catalogue.service import Catalogue
from care.elders.lists import own_lists
from care.elders.model import Elder
from care.figures.period import Period
from care.orders.model import Order
from care.providers.slot import MEALS
from care.report.counts import in_register, served

Names = Callable[[Any], Iterable[str]]
"""What a row counts for; nothing: for the rest."""


@dataclass(frozen=True)
class Division:
    """A query, and how its rows are named."""

    query: Select[Any, Any]
    names: Names
    order: tuple[str, ...]
    """All names, as they stand in table and chart."""
    whole: bool = True
    """Names without a row are there, too, with 0; otherwise they are left out."""

    def count(self, rows: Iterable[Any], other: str) -> dict[str, int]:
        """The sums by name, `other` last and only where it counts something."""
        sums: Counter[str] = Counter()
        for what, number in rows:
            for name in tuple(self.names(what)) or (other,):
                sums[name if name in self.order else other] += number
        rest = {other: sums[other]} if sums[other] else {}
        return {name: sums[name] for name in self.order if sums[name] or self.whole} | rest


def divisions(
    period: Period, catalogue: Catalogue, alarm_words: AlarmWords
) -> Mapping[str, Division]:
    """By the names that they have in data/report/words.yml."""
    register = select(func.count()).where(in_register(period))
    done = select(func.count()).where(served(period))

    def by(query: Select[Any], column: Any) -> Select[Any, Any]:
        return query.with_only_columns(column, func.count()).group_by(column)

    def field_of(service: str) -> tuple[str, ...]:
        found = catalogue.find(service)
        return (catalogue.fields[found.field].name,) if found else ()

    def month_of(on: date) -> tuple[str, ...]:
        return (f"{on.month}月",)

    alarms = select(Alarm.category, func.count()).where(period.holds(Alarm.raised_at))
    return {
        "situations": Division(by(register, Elder.situations), tuple, own_lists().situations.codes),
        "abilities": Division(
            by(register, Elder.ability),
            lambda level: () if level is None else (f"{level}级",),
            tuple(f"{level}级" for level in range(5)),
        ),
        "fields": Division(
            by(done, Order.service), field_of, tuple(f.name for f in catalogue.fields.values())
        ),
        "ways": Division(
            done.with_only_columns(Order.way, func.sum(Order.count))
            .where(Order.service.in_(MEALS))
            .group_by(Order.way),
            lambda way: (NAMES[way],) if way in NAMES else (),
            tuple(NAMES.values()),
        ),
        "months": Division(
            by(done, Order.on), month_of, tuple(step.label for step in period.steps)
        ),
        "categories": Division(
            alarms.group_by(Alarm.category),
            lambda code: (alarm_words.category(code),),
            tuple(dict.fromkeys(alarm_words.categories.values())),
            whole=False,
        ),
    }
