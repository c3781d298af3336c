"""The confusion matrix as a picture."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.figure import Figure
from sklearn.metrics import confusion_matrix

from evaluation.scores import Reading

CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
)
"""The first one that is installed is used, so that no label turns into boxes."""


def draw(readings: Sequence[Reading], path: Path, title: str) -> None:
    """Writes a PNG: rows are what was meant, columns what was understood, errors in red."""
    meant = [reading.utterance.intent for reading in readings]
    understood = [reading.predicted for reading in readings]
    labels = sorted(set(meant) | set(understood))
    counts = confusion_matrix(meant, understood, labels=labels)
    side = max(6.0, 0.36 * len(labels) + 3)
    with mpl.rc_context({"font.sans-serif": _fonts(), "axes.unicode_minus": False}):
        figure = Figure(figsize=(side, side), dpi=110, layout="constrained")
        axes = figure.add_subplot()
        axes.imshow(_colours(counts))
        axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=8)
        axes.set_yticks(range(len(labels)), labels, fontsize=8)
        axes.set_xticks(np.arange(-0.5, len(labels)), minor=True)
        axes.set_yticks(np.arange(-0.5, len(labels)), minor=True)
        axes.grid(which="minor", color="#dddddd", linewidth=0.5)
        axes.tick_params(which="minor", length=0)
        axes.set_xlabel("understood as")
        axes.set_ylabel("meant")
        axes.set_title(title)
        for row, column in zip(*np.nonzero(counts), strict=True):
            axes.text(column, row, counts[row, column], ha="center", va="center", fontsize=7)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path)


def _colours(counts: np.ndarray) -> np.ndarray:
    """RGB per cell: blue on the diagonal, red beside it, deeper with the share of its row."""
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    shade = np.where(counts > 0, 0.2 + 0.5 * share, 0.0)
    picture = np.ones((*counts.shape, 3))
    diagonal = np.eye(len(counts), dtype=bool)
    picture[diagonal] -= shade[diagonal][:, None] * np.array([1.0, 0.5, 0.1])
    picture[~diagonal] -= shade[~diagonal][:, None] * np.array([0.1, 1.0, 1.0])
    return picture


def _fonts() -> list[str]:
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return [font for font in CHINESE_FONTS if font in installed] + ["DejaVu Sans"]
