"""The waiting of all turns as a picture: what share of the answers is heard by when."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from benchmarks.calls.ladder import LATEST
from benchmarks.calls.measuring import Results
from benchmarks.calls.turns import Turn

_WHOLE = 0.75
"""Seconds by which half of the complete turns are answered."""


def draw(results: Results, path: Path) -> None:
    """Writes a PNG: answers by time, and the ladder of calls beside it."""
    figure = Figure(figsize=(11, 4.5), dpi=110, layout="constrained")
    left, right = figure.subplots(1, 2)
    for name, found, colour in (
        ("ours, first sound", _first(results.ours_turns), "tab:blue"),
        ("ours, the answer itself", _answer(results.ours_turns), "tab:cyan"),
        ("plain stack", _first(results.plain_turns), "tab:orange"),
    ):
        if found:
            left.step(found, np.arange(1, len(found) + 1) / len(found), label=name, color=colour)
    left.axvline(_WHOLE, color="grey", linestyle=":")
    left.axvline(LATEST, color="grey", linestyle="--")
    left.set_xlabel("seconds after the end of speech")
    left.set_ylabel("share of the turns")
    left.set_xlim(left=0)
    left.legend(loc="lower right")
    rungs = sorted(results.rungs, key=lambda each: each.calls)
    calls = [rung.calls for rung in rungs]
    right.plot(calls, [rung.first.p95 for rung in rungs], "o-", label="first sound, p95")
    right.plot(calls, [rung.answer.p95 for rung in rungs], "s--", label="the answer itself, p95")
    right.plot(calls, [rung.first.p50 for rung in rungs], "o:", label="first sound, p50")
    right.axhline(LATEST, color="grey", linestyle="--")
    right.set_xlabel("calls at once")
    right.set_ylabel("seconds")
    right.set_ylim(bottom=0)
    right.legend(loc="upper left")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


def _first(turns: Sequence[Turn]) -> list[float]:
    return sorted(turn.first for turn in turns if turn.first is not None)


def _answer(turns: Sequence[Turn]) -> list[float]:
    return sorted(turn.answer for turn in turns if turn.answer is not None)
