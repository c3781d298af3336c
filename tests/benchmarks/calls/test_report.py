"""Goals are judged, all figures are printed, kept and drawn."""

import json
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from benchmarks.calls.dialogues import Kind
from benchmarks.calls.figures import Wait, answers
from benchmarks.calls.ladder import Rung
from benchmarks.calls.measuring import Results
from benchmarks.calls.picture import draw
from benchmarks.calls.report import goals, report
from benchmarks.calls.turns import Turn


def _results(ours: float = 0.6, plain: float = 3.0) -> Results:
    def turns(first: float) -> list[Turn]:
        return [
            Turn("对", Kind.YES_NO, first, first),
            Turn("今天几号", Kind.REQUEST, first, first),
        ]

    found = Wait(ours, ours, ours, 2)
    return Results(
        ours=answers(turns(ours)),
        plain=answers(turns(plain), never=None),
        stopped=Wait(0.4, 0.5, 0.5, 3),
        not_stopped=0,
        alarm_after_words=None,
        alarm_after_partial=None,
        alarm_raised=None,
        no_alarm=1,
        rungs=[Rung(2, found, found, 0, 0, 1.0, 0.5, 0.2)],
        busy_ours=0.5,
        busy_plain=0.6,
        load_ours=1.0,
        load_plain=1.5,
        ours_turns=turns(ours),
        plain_turns=turns(plain),
    )


def _said(results: Results, folder: Path) -> tuple[bool, str]:
    with (folder / "log").open("w") as file:
        console = Console(record=True, width=140, file=file)
        reached = report(results, folder / "out" / "bench.json", console)
        return reached, console.export_text()


def test_every_goal_is_reached(tmp_path: Path) -> None:
    reached, text = _said(_results(), tmp_path)
    assert reached
    assert text.count("pass") == len(goals(_results()))
    assert "2 or more: the time was up" in text
    written = json.loads((tmp_path / "out" / "bench.json").read_text())
    assert written["held"] == 2
    assert written["ours"]["every"]["p50"] == 0.6


def test_one_goal_is_missed_and_all_is_printed(tmp_path: Path) -> None:
    reached, text = _said(_results(ours=0.8), tmp_path)
    assert not reached
    assert "MISS  yes or no, p50, s: 0.80, at most 0.75" in text
    assert "pass  all turns, p95, s" in text


def test_the_plain_stack_sets_the_ratio(tmp_path: Path) -> None:
    found = {goal.name: goal.found for goal in goals(_results(ours=0.6, plain=1.2))}
    assert found["ratio to the plain stack, p50"] == 0.5
    reached, _ = _said(_results(ours=0.6, plain=1.2), tmp_path)
    assert not reached


def test_a_picture(tmp_path: Path) -> None:
    results = replace(_results(), plain_turns=[])
    draw(results, tmp_path / "new" / "calls.png")
    assert (tmp_path / "new" / "calls.png").read_bytes().startswith(b"\x89PNG")
