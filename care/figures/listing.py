"""A period's figures in the order in which they are read, by group."""

from dataclasses import dataclass

from care.figures.board import Board
from care.figures.figure import Figure, Unit
from care.figures.waits import GOAL_SHARE
from care.figures.words import Meaning, Words

CONNECTED_GOAL = 0.95
"""Of calls that come in (GB/T 33358-2016)."""


@dataclass(frozen=True)
class Line:
    """One figure with its words."""

    figure: Figure
    meaning: Meaning


@dataclass(frozen=True)
class Group:
    """Figures about one thing."""

    id: str
    label: str
    lines: tuple[Line, ...]

    def figure(self, name: str) -> Figure:
        """One of them. Raises KeyError."""
        return {line.figure.id: line.figure for line in self.lines}[name]


def listing(found: Board, words: Words) -> tuple[Group, ...]:
    """Every figure. Raises KeyError for one that the words don't name: a test sees to that."""
    groups = {
        "talks": _talks(found),
        "waits": _waits(found),
        "understood": _understood(found),
        "alarms": _alarms(found),
        "orders": _orders(found),
        "visits": _visits(found),
    }
    return tuple(
        Group(
            name, words.groups[name], tuple(Line(each, words.figures[each.id]) for each in figures)
        )
        for name, figures in groups.items()
    )


def share(id_: str, met: int, counted: int, goal: float | None = None) -> Figure:
    """So many of so many; nothing where there is none."""
    value = met / counted if counted else None
    return Figure(id_, value, Unit.SHARE, goal, counted)


def _talks(found: Board) -> list[Figure]:
    talks = found.talks
    return [
        Figure("calls", talks.calls),
        share("connected", talks.connected, talks.calls, CONNECTED_GOAL),
        Figure("calls_out", talks.calls_out),
        Figure("chats", talks.chats),
    ]


def _waits(found: Board) -> list[Figure]:
    waits = found.waits
    return [
        Figure("handovers", len(waits.all)),
        share("within_goal", *waits.within(), GOAL_SHARE),
        Figure("wait_p50", waits.quantile(0.5), Unit.SECONDS),
        Figure("wait_p95", waits.quantile(0.95), Unit.SECONDS),
        Figure("left", waits.left),
    ]


def _understood(found: Board) -> list[Figure]:
    talks = found.talks
    return [
        Figure("heard", talks.heard),
        share("understood", talks.understood, talks.heard),
        Figure("not_understood", talks.heard - talks.understood),
    ]


def _alarms(found: Board) -> list[Figure]:
    alarms = found.alarms
    return [
        Figure("alarms", alarms.raised),
        Figure("urgent", alarms.urgent),
        *(
            share(f"acknowledged_{each.seconds}", each.met, each.counted, each.goal)
            for each in alarms.within
        ),
        Figure("acknowledge_median", alarms.median_seconds, Unit.SECONDS),
        Figure("escalated", alarms.escalated),
        Figure("false_alarms", alarms.false_alarms),
        Figure("still_open", alarms.open),
    ]


def _orders(found: Board) -> list[Figure]:
    orders = found.orders
    return [
        Figure("orders_placed", orders.placed),
        Figure("orders_due", orders.all_due),
        Figure("orders_done", orders.served),
    ]


def _visits(found: Board) -> list[Figure]:
    visits = found.visits
    return [
        Figure("visits_done", visits.done),
        Figure("visits_by_phone", visits.by_phone),
        Figure("visits_due", visits.due),
        share("visits_due_done", visits.due_done, visits.due),
    ]
