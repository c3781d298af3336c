"""What share of the changes is on a page by when, as a picture."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from benchmarks.desk.measuring import Side
from benchmarks.desk.report import GOAL


def draw(sides: Sequence[Side], path: Path) -> None:
    """Writes a PNG: one chart a database."""
    figure = Figure(figsize=(11, 4.2), dpi=110, layout="constrained")
    for axes, side in zip(np.atleast_1d(figure.subplots(1, len(sides))), sides, strict=True):
        for name, way, style in (
            ("live updates", side.live, "-"),
            ("the page every second", side.polling, "--"),
        ):
            found = way.delays
            axes.step(found, np.arange(1, len(found) + 1) / len(found), style, label=name)
        axes.axvline(GOAL, color="grey", linestyle=":")
        axes.axhline(0.95, color="grey", linestyle=":")
        axes.set_title(side.database)
        axes.set_xlabel("milliseconds from the commit to the page")
        axes.set_ylabel("share of the changes")
        axes.set_xlim(left=0)
        axes.legend(loc="lower right")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
