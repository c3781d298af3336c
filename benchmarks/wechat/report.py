"""The table, the goals, and results/bench-wechat.json."""

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.wechat.load import Outcome

GOAL = 1.0
"""Seconds within which 99 of 100 HTTP replies come."""


def report(outcomes: list[Outcome], path: Path, out: Console) -> bool:
    """Prints and writes; whether the first reaches the goals."""
    table = Table("", *(each.name for each in outcomes))
    rows = (
        ("messages", [f"{each.count}" for each in outcomes]),
        ("HTTP reply, median", [f"{each.share(0.5):.3f} s" for each in outcomes]),
        ("HTTP reply, p99", [f"{each.share(0.99):.3f} s" for each in outcomes]),
        ("requests of the platform", [f"{each.requests}" for each in outcomes]),
        ("people without an answer", [f"{each.lost}" for each in outcomes]),
        ("people with two answers", [f"{each.double}" for each in outcomes]),
        ("answered within the request", [f"{each.passive}" for each in outcomes]),
        ("last answer after the last message", [f"{each.last:.0f} s" for each in outcomes]),
    )
    for name, values in rows:
        table.add_row(name, *values)
    out.print(table)
    path.parent.mkdir(exist_ok=True)
    figures = [
        {
            "name": each.name,
            "messages": each.count,
            "p50": each.share(0.5),
            "p99": each.share(0.99),
            "requests": each.requests,
            "lost": each.lost,
            "double": each.double,
            "passive": each.passive,
            "last": each.last,
        }
        for each in outcomes
    ]
    path.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    ours = outcomes[0]
    reached = ours.share(0.99) < GOAL and not ours.lost and not ours.double
    goal = "p99 under 1 s, nobody without an answer, nobody with two"
    out.print(f"goal ({goal}): {'reached' if reached else 'missed'}")
    return reached
