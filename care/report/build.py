"""Puts a half-year's report together: totals, divisions, and the four levels of regions."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from care.alarms import figures as alarm_figures
from care.alarms.words import Words as AlarmWords
from care.catalogue.service import Catalogue
from care.clock import Clock
from care.figures.figure import Unit, show
from care.figures.period import Period
from care.regions.region import Regions
from care.report.breakdowns import divisions
from care.report.counts import COUNTS, STOCK, as_sql
from care.report.words import Words


@dataclass(frozen=True)
class Number:
    """One count, with what it means and where it comes from."""

    id: str
    label: str
    unit: str
    value: float
    means: str
    sql: str


@dataclass(frozen=True)
class Percent:
    """One count as part of another; None where there is nothing to divide by."""

    label: str
    value: float | None
    means: str

    @property
    def shown(self) -> str:
        """97.5%; a dash for nothing."""
        return show(self.value, Unit.SHARE)


@dataclass(frozen=True)
class Chapter:
    """What belongs together."""

    id: str
    label: str
    numbers: tuple[Number, ...]
    shares: tuple[Percent, ...]


@dataclass(frozen=True)
class Breakdown:
    """A number divided, for a table and a chart."""

    id: str
    label: str
    means: str
    values: Mapping[str, int]
    sql: str


@dataclass(frozen=True)
class Line:
    """One region with all that lies in it."""

    region: str
    inside: str
    """What it lies in: 沈阳市 for 和平区; empty for the highest."""
    values: Mapping[str, float]
    shares: Mapping[str, float | None]


@dataclass(frozen=True)
class Level:
    """One of the four levels."""

    id: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Report:
    """All of it."""

    period: Period
    is_over: bool
    """The half-year has ended: nothing will be added but what is entered late."""
    is_empty: bool
    """Nothing happened in it."""
    chapters: tuple[Chapter, ...]
    breakdowns: tuple[Breakdown, ...]
    levels: tuple[Level, ...]
    columns: Mapping[str, str]
    """Names of the counts and shares that levels have, by their ids."""
    response: alarm_figures.Figures
    """How quickly alarms were acknowledged: the wallboard's own figures."""


@dataclass(frozen=True)
class Builder:
    """What a report is made with."""

    words: Words
    alarm_words: AlarmWords
    catalogue: Catalogue
    regions: Regions
    clock: Clock

    def build(self, session: Session, period: Period) -> Report:
        """Counts the half-year; about twenty queries."""
        counted = {
            name: {row.region: float(row.number) for row in session.execute(query(period))}
            for queries in COUNTS.values()
            for name, query in queries.items()
        }
        now = self.clock()
        happened = sum(sum(counted[name].values()) for name in counted if name not in STOCK)
        return Report(
            period,
            is_over=now >= period.until,
            is_empty=not happened,
            chapters=self._chapters(period, counted, session.get_bind().dialect),
            breakdowns=self._breakdowns(session, period),
            levels=tuple(self._level(name, counted) for name in self.words.levels),
            columns=self._columns(),
            response=alarm_figures.figures(session, period.since, period.until, now),
        )

    def _columns(self) -> dict[str, str]:
        counts = {name: each.label for name, each in self.words.counts.items()}
        return counts | {name: each.label for name, each in self.words.shares.items()}

    def _chapters(
        self, period: Period, counted: Mapping[str, Mapping[str, float]], dialect: Dialect
    ) -> tuple[Chapter, ...]:
        totals = {name: sum(found.values()) for name, found in counted.items()}
        shares = self._shares(totals)
        return tuple(
            Chapter(
                chapter,
                self.words.chapters[chapter],
                tuple(
                    Number(name, meaning.label, meaning.unit, totals[name], meaning.means, sql)
                    for name, query in queries.items()
                    for meaning in (self.words.counts[name],)
                    for sql in (as_sql(query(period), dialect),)
                ),
                tuple(
                    Percent(share.label, shares[name], share.means)
                    for name, share in self.words.shares.items()
                    if share.whole in queries
                ),
            )
            for chapter, queries in COUNTS.items()
        )

    def _shares(self, values: Mapping[str, float]) -> dict[str, float | None]:
        return {
            name: values.get(share.part, 0) / whole if (whole := values.get(share.whole)) else None
            for name, share in self.words.shares.items()
        }

    def _breakdowns(self, session: Session, period: Period) -> tuple[Breakdown, ...]:
        found = divisions(period, self.catalogue, self.alarm_words)
        return tuple(
            Breakdown(
                name,
                split.label,
                split.means,
                found[name].count(session.execute(found[name].query), split.other),
                as_sql(found[name].query, session.get_bind().dialect),
            )
            for name, split in self.words.breakdowns.items()
        )

    def _level(self, level: str, counted: Mapping[str, Mapping[str, float]]) -> Level:
        sums: dict[str, dict[str, float]] = {}
        for name, by_region in counted.items():
            for region, number in by_region.items():
                place = self._at_level(region, level)
                found = sums.setdefault(place, {})
                found[name] = found.get(name, 0) + number
        order = [each.name for each in self.regions if each.level == level]
        order += [place for place in sums if place not in order]  # those without a region last
        lines = tuple(
            Line(place, self._inside(place), sums[place], self._shares(sums[place]))
            for place in order
            if place in sums
        )
        return Level(level, self.words.levels[level], lines)

    def _at_level(self, region: str, level: str) -> str:
        for name in self.regions.path(region):
            found = self.regions.find(name)
            if found is not None and found.level == level:
                return name
        return self.words.no_region

    def _inside(self, place: str) -> str:
        path = self.regions.path(place)
        return path[-2] if len(path) > 1 else ""
