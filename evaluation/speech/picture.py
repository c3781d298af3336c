"""Error rates as bars, one group of bars a condition, one colour a model."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from evaluation.speech.report import GOALS, Rows

_COLOURS = ("#2f6f9f", "#d98032", "#5a9a5a", "#9a5a8a", "#777777")
_SYLLABLES = "#00000055"


def draw(results: dict[str, Rows], path: Path) -> None:
    """Writes a PNG: a bar is the CER, the dark line in it the toneless-syllable error."""
    names = list(dict.fromkeys(name for rows in results.values() for name in rows))
    height = 0.8 / len(results)
    with mpl.rc_context({"font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(10, 1.6 + 0.42 * len(names)), dpi=110, layout="constrained")
        axes = figure.add_subplot()
        for number, (model, rows) in enumerate(results.items()):
            places = [place + (number + 0.5) * height - 0.4 for place in range(len(names))]
            found = [
                (at, rows[name]) for at, name in zip(places, names, strict=True) if name in rows
            ]
            at = [one for one, _ in found]
            rates = [100 * scores.strict.rate for _, scores in found]
            bars = axes.barh(at, rates, height, color=_COLOURS[number % len(_COLOURS)], label=model)
            axes.bar_label(bars, [f"{rate:.1f}" for rate in rates], padding=3, fontsize=8)
            heard = [100 * scores.syllables.rate for _, scores in found]
            label = "toneless syllables" if number == 0 else None
            axes.barh(at, heard, height * 0.3, color=_SYLLABLES, label=label)
        for number, goal in enumerate(GOALS):
            row = names.index(goal.row)
            label = "goal" if number == 0 else ""
            axes.vlines(100 * goal.limit, row - 0.48, row + 0.48, color="#c03030", label=label)
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.margins(x=0.08, y=0.01)
        axes.set_xlabel("wrong characters, %")
        axes.set_title("What is heard of speech (8 kHz: over the telephone)")
        figure.legend(loc="outside lower center", ncols=3 + len(results), frameon=False)
        axes.spines[["top", "right"]].set_visible(False)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path)
