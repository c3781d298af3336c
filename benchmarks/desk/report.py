"""What the benchmark of the desk prints and keeps."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.desk.hotlines import OPERATORS, TALKS
from benchmarks.desk.measuring import Side, Way

GOAL = 500.0
"""Milliseconds within which 95 % of the changes shall be on a page."""


def report(sides: Sequence[Side], path: Path, console: Console) -> bool:
    """Prints all figures and writes them as JSON; whether the goal is reached on each database."""
    table = Table(
        f"{TALKS} conversations, {OPERATORS} operators; ms",
        "wish for a person p50",
        "p95",
        "most",
        "utterance p50",
        "p95",
        "most",
        "changes",
        "missing",
        "MB",
        "cores at work",
        "load",
        "left out",
    )
    for side in sides:
        name = f"{side.database}, {side.processes} process{'es' if side.processes > 1 else ''}"
        table.add_row(f"{name}: live", *_row(side.live))
        table.add_row(f"{name}: the page every second", *_row(side.polling))
    console.print(table)
    reached = True
    for side in sides:
        slowest = max(side.live.asked.p95, side.live.said.p95)
        passed = slowest <= GOAL and not side.live.missing
        reached = reached and passed
        word, colour = ("pass", "green") if passed else ("MISS", "red")
        told = f"{word}  {side.database}: p95 {slowest:.0f} ms, at most {GOAL:.0f}"
        console.print(told, style=colour)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"sides": [_kept(side) for side in sides], "goal_ms": GOAL, "reached": reached}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return reached


def _row(way: Way) -> list[str]:
    figures = (way.asked.p50, way.asked.p95, way.asked.most)
    more = (way.said.p50, way.said.p95, way.said.most)
    return [
        *(f"{figure:.0f}" for figure in (*figures, *more)),
        str(way.asked.count + way.said.count),
        str(way.missing),
        f"{way.megabytes:.0f}",
        f"{way.busy:.0%}",
        f"{way.load:.1f}",
        str(way.left_out),
    ]


def _kept(side: Side) -> dict[str, object]:
    kept = asdict(side)
    for way in ("live", "polling"):
        del kept[way]["delays"]
    return kept
