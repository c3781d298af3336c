"""The goal is judged on each database, all figures are printed, kept and drawn."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.calls.figures import Wait
from benchmarks.desk.measuring import Side, Way
from benchmarks.desk.picture import draw
from benchmarks.desk.report import report

WAY = Way(
    asked=Wait(120.0, 300.0, 410.0, 200),
    said=Wait(100.0, 499.0, 600.0, 66),
    missing=0,
    megabytes=12.5,
    busy=0.6,
    load=2.0,
    left_out=0,
    delays=(90.0, 120.0, 600.0),
)
SLOW = replace(WAY, asked=Wait(500.0, 1100.0, 1900.0, 200))
SIDE = Side("SQLite", 1, live=WAY, polling=SLOW)


@pytest.mark.parametrize(
    ("live", "reached"), [(WAY, True), (SLOW, False), (replace(WAY, missing=1), False)]
)
def test_a_late_or_missing_change_misses_the_goal(tmp_path: Path, live: Way, reached: bool) -> None:
    other = replace(SIDE, database="PostgreSQL", processes=2, live=live)
    with (tmp_path / "printed").open("w") as file:
        console = Console(file=file, width=200, highlight=False)
        assert report([SIDE, other], tmp_path / "bench.json", console) is reached
    kept = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert kept["reached"] is reached
    assert kept["sides"][0]["polling"]["asked"]["p95"] == 1100.0
    assert "delays" not in kept["sides"][0]["live"]
    printed = (tmp_path / "printed").read_text("utf-8")
    assert "pass  SQLite: p95 499 ms, at most 500" in printed
    assert ("MISS  PostgreSQL" in printed) is not reached


def test_the_picture_is_drawn(tmp_path: Path) -> None:
    draw([SIDE, SIDE], tmp_path / "bench.png")
    assert (tmp_path / "bench.png").read_bytes().startswith(b"\x89PNG")
