"""The picture of a call: an axis of time, and under it a lane for each who acts."""

import math
from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from rich.console import Group
from rich.text import Text

from hotline.calls_lane import Item, draw_lane
from hotline.calls_words import LANES, CallWords, Lane

_SCALES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds a cell."""
_TICKS = (1, 2, 5, 10, 30, 60, 120, 300, 600)
"""Seconds between the marks of the axis."""
_STRIPS = 6
"""As many as one still looks through; a longer call is drawn at a smaller scale."""
_TICK_CELLS = 9


def draw(
    lanes: Mapping[Lane, list[Item]],
    seconds: float,
    words: CallWords,
    width: int,
    scale: float | None = None,
) -> Group:
    """A call of that many seconds in strips of `width` cells, one under the other.

    `scale`, in seconds a cell, is chosen if it isn't given.
    """
    names = max(cell_len(look.label) for look in words.lanes.values()) + 1
    cells = max(width - names, 20)
    step = scale or best_scale(seconds, cells)
    lines: list[Text] = []
    for strip in range(max(1, math.ceil(seconds / (cells * step)))):
        begin = strip * cells
        shown = min(cells, math.ceil(seconds / step) - begin)
        lines.append(_named("", names, Text(_axis(begin, step, shown), "dim")))
        for lane in LANES:
            look = words.lanes[lane]
            drawn = draw_lane(lanes.get(lane, []), begin, step, cells)
            for label, line in zip(_once(look.label), drawn, strict=False):
                lines.append(_named(label, names, line, look.style))
        lines.append(Text())
    return Group(*lines)


def best_scale(seconds: float, cells: int) -> float:
    """The finest scale at which the call needs few strips."""
    fitting = (scale for scale in _SCALES if seconds <= _STRIPS * cells * scale)
    return next(fitting, _SCALES[-1])


def clock(seconds: float, digits: int = 0) -> str:
    """Minutes and seconds: 1:05, or 1:05.3."""
    rounded = round(max(seconds, 0.0), digits)
    minutes, rest = divmod(rounded, 60)
    return f"{minutes:.0f}:{rest:0{3 + digits if digits else 2}.{digits}f}"


def _axis(begin: int, scale: float, cells: int) -> str:
    tick = next((tick for tick in _TICKS if tick / scale >= _TICK_CELLS), _TICKS[-1])
    line = ["─"] * cells
    at = math.ceil(round(begin * scale / tick, 6)) * tick
    while (column := round(at / scale) - begin) < cells:
        label = "┬" + clock(at)
        if column + len(label) <= cells:
            line[column : column + len(label)] = label
        else:
            line[column] = "┬"
        at += tick
    return "".join(line)


def _once(label: str) -> Iterator[str]:
    """In front of the first line only."""
    yield label
    while True:
        yield ""


def _named(label: str, names: int, line: Text, style: str = "") -> Text:
    named = Text(no_wrap=True, overflow="crop")
    named.append(label + " " * (names - cell_len(label)), style)
    named.append_text(line)
    return named
