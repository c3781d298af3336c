"""How a period's figures went, step by step: the tables that the charts are drawn from."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from care.alarms.words import Words as AlarmWords
from care.desk.words import Words as DeskWords
from care.figures.board import Board
from care.figures.figure import Unit, show
from care.figures.words import Words


@dataclass(frozen=True)
class Column:
    """One line, or one kind of bar, of a chart."""

    label: str
    values: tuple[float | None, ...]
    unit: Unit = Unit.COUNT

    def shown(self, row: int) -> str:
        """One value as it is read."""
        return show(self.values[row], self.unit)


@dataclass(frozen=True)
class Course:
    """One chart."""

    id: str
    label: str
    rows: tuple[str, ...]
    """What stands below the chart: hours, days, months, reasons."""
    columns: tuple[Column, ...]

    @property
    def is_empty(self) -> bool:
        """There is nothing that could be drawn."""
        return not any(value for column in self.columns for value in column.values)


def courses(
    found: Board, words: Words, desk: DeskWords, alarm_words: AlarmWords
) -> tuple[Course, ...]:
    """All charts of a period."""
    steps = tuple(step.label for step in found.period.steps)

    begun = sum(step.since <= found.at for step in found.period.steps)

    def named(id_: str, values: tuple[float | None, ...], unit: Unit = Unit.COUNT) -> Column:
        # Of what is still to come there is no number, not even none.
        known = tuple(each if step < begun else None for step, each in enumerate(values))
        return Column(words.figures[id_].label, known, unit)

    by_step = [found.waits.of_step(number) for number in range(len(steps))]
    talks = found.talks
    within = tuple(_share(*waits.within()) for waits in by_step)
    understood = tuple(map(_share, talks.understood_by_step, talks.heard_by_step))
    groups = words.groups
    return (
        Course(
            "talks",
            groups["talks"],
            steps,
            (named("calls", talks.calls_by_step), named("chats", talks.chats_by_step)),
        ),
        Course(
            "waits",
            groups["waits"],
            steps,
            (
                named("wait_p50", tuple(waits.quantile(0.5) for waits in by_step), Unit.SECONDS),
                named("wait_p95", tuple(waits.quantile(0.95) for waits in by_step), Unit.SECONDS),
            ),
        ),
        Course(
            "service",
            f"{words.figures['within_goal'].label}、{words.figures['understood'].label}",
            steps,
            (
                named("within_goal", within, Unit.SHARE),
                named("understood", understood, Unit.SHARE),
            ),
        ),
        _counted("reasons", "转人工的原因", found.waits.reasons, desk.reason),
        Course("alarms", groups["alarms"], steps, (named("alarms", found.alarms_by_step),)),
        _counted("categories", "报警的种类", found.alarms.categories, alarm_words.category),
        Course(
            "orders",
            groups["orders"],
            steps,
            (named("orders_placed", found.orders.placed_by_step),),
        ),
    )


def _counted(id_: str, label: str, counts: Mapping[str, int], name: Callable[[str], str]) -> Course:
    """Of each kind how many, the most frequent first; kinds that are called the same are one."""
    named: Counter[str] = Counter()
    for code, count in counts.items():
        named[name(code)] += count
    found = named.most_common()
    values = tuple(float(count) for _, count in found)
    return Course(id_, label, tuple(kind for kind, _ in found), (Column("次", values),))


def _share(met: int, counted: int) -> float | None:
    return met / counted if counted else None
