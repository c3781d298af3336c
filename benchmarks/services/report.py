"""What the benchmark of services prints, keeps and draws."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

from benchmarks.elders.measuring import GOAL as FINDING_GOAL
from benchmarks.elders.measuring import Timing
from benchmarks.services.night import Rounds

NIGHT_GOAL = 60.0
"""Seconds for a night over a hundred thousand elders, on two processors."""


@dataclass(frozen=True)
class Results:
    """Both parts."""

    nights: list[Rounds]
    """One for each kind of database."""
    finding: list[Timing]
    """Among a million elders in PostgreSQL."""


def report(results: Results, path: Path, console: Console) -> bool:
    """Prints all figures and writes them as JSON; whether both goals are reached."""
    console.print(_nights(results.nights))
    console.print(_finding(results.finding))
    slowest = max(each.first for each in results.nights)
    latest = max(each.late for each in results.finding if each.is_ours)
    reached = True
    for name, found, limit in (
        ("first night, s", slowest, NIGHT_GOAL),
        ("finding one of a million elders, p95, ms", latest, FINDING_GOAL),
    ):
        passed = found <= limit
        reached = reached and passed
        word, colour = ("pass", "green") if passed else ("MISS", "red")
        console.print(f"{word}  {name}: {found:.1f}, at most {limit:g}", style=colour)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {**asdict(results), "reached": reached}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return reached


def draw(results: Results, path: Path) -> None:
    """Writes a PNG: the nights and the plain way, and each way of finding; logarithmic."""
    figure = Figure(figsize=(11, 4.5), dpi=110, layout="constrained")
    left, right = figure.subplots(1, 2)
    nights = [
        (f"{each.database}: {label}", seconds, colour)
        for each in results.nights
        for label, seconds, colour in (
            ("next night", each.again, "tab:cyan"),
            ("first night", each.first, "tab:blue"),
            ("plain way, reckoned", each.plain * each.elders, "tab:orange"),
        )
    ]
    elders, rules = results.nights[0].elders, results.nights[0].rules
    _bars(left, nights, NIGHT_GOAL, f"seconds for {elders:,} elders and {rules} rules")
    ours = [each for each in results.finding if each.is_ours]
    finding = [
        *((f"ours {number}", each.late, "tab:blue") for number, each in enumerate(ours, 1)),
        *(("plain", each.late, "tab:orange") for each in results.finding if not each.is_ours),
    ]
    _bars(right, finding, FINDING_GOAL, "ms until found, p95, in the order of the table")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


def _bars(axes: Axes, bars: list[tuple[str, float, str]], goal: float, label: str) -> None:
    names, values, colours = zip(*reversed(bars), strict=True)
    # By number: two ways may have one name.
    drawn = axes.barh(range(len(bars)), values, color=colours, tick_label=names)
    axes.bar_label(drawn, fmt="%.1f", padding=3)
    axes.axvline(goal, color="grey", linestyle="--")
    axes.set_xscale("log")
    axes.margins(x=0.2)
    axes.set_xlabel(label)


def _nights(nights: list[Rounds]) -> Table:
    first = nights[0]
    title = f"nightly round: {first.elders:,} elders, {first.rules} rules"
    table = Table(title, *(each.database for each in nights))
    for name, shown in (
        ("first night, all is new, s", [f"{each.first:.1f}" for each in nights]),
        ("  of it one processor, s", [f"{each.first_cpu:.1f}" for each in nights]),
        ("  found", [f"{each.found:,}" for each in nights]),
        ("next night, nothing is new, s", [f"{each.again:.1f}" for each in nights]),
        ("the plain way, ms an elder", [f"{each.plain * 1000:.1f}" for each in nights]),
        ("times as fast as the plain way", [f"{each.ratio:.0f}" for each in nights]),
    ):
        table.add_row(name, *shown)
    return table


def _finding(timings: list[Timing]) -> Table:
    table = Table("finding one of a million elders, ms", "p50", "p95", "most", "found, %")
    for each in timings:
        figures = (each.median, each.late, each.worst, each.found)
        table.add_row(each.what, *(f"{figure:.1f}" for figure in figures))
    return table
