"""Draws what happens in one lane of a call's picture as lines of text, cell by cell."""

import math
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

MARK = "▲"


@dataclass(frozen=True)
class Item:
    """Something in a lane. What takes time is drawn as long as it took, a moment as a mark."""

    start: float
    """Seconds from the beginning of the call."""
    seconds: float
    """0 for a moment."""
    label: str
    style: str


@dataclass(frozen=True)
class _Piece:
    """A drawn item: in cells from the left edge of the strip."""

    column: int
    text: str
    style: str

    @property
    def end(self) -> int:
        return self.column + cell_len(self.text)


def draw_lane(items: list[Item], begin: int, scale: float, width: int) -> list[Text]:
    """The lines of a strip of `width` cells from cell `begin` of the call on.

    A cell is `scale` seconds. What would cover something else goes to a further line; there is
    always one.
    """
    rows: list[list[_Piece]] = [[]]
    for item in sorted(items, key=lambda item: item.start):
        piece = _piece(item, begin, scale, width)
        if piece is None:
            continue
        for row in rows:
            if not row or row[-1].end < piece.column or _touches(row[-1], piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [_line(row) for row in rows]


def _touches(before: _Piece, piece: _Piece) -> bool:
    return before.end == piece.column and piece.text[0] in "├│" and before.text[-1] in "┤│─"


def _line(row: list[_Piece]) -> Text:
    line = Text(no_wrap=True, overflow="crop")
    for piece in row:
        line.append(" " * (piece.column - line.cell_len))
        line.append(piece.text, piece.style)
    return line


def _piece(item: Item, begin: int, scale: float, width: int) -> _Piece | None:
    first = _cell(item.start, scale) - begin
    if not item.seconds:
        return _moment(item, first, width) if 0 <= first < width else None
    last = max(first + 1, _cell(item.start + item.seconds, scale) - begin)
    if first >= width or last <= 0:
        return None
    return _Piece(max(first, 0), _bar(item.label, first, last, width), item.style)


def _cell(seconds: float, scale: float) -> int:
    """The cell of the whole call in which a moment lies; 1.0 s is in cell 10 of 0.1 s."""
    return math.floor(seconds / scale + 1e-6)


def _moment(item: Item, column: int, width: int) -> _Piece:
    text = MARK + item.label
    if column + cell_len(text) <= width:
        return _Piece(column, text, item.style)
    text = item.label + MARK
    start = column + 1 - cell_len(text)
    if start >= 0:
        return _Piece(start, text, item.style)
    return _Piece(column, set_cell_size(MARK + item.label, width - column), item.style)


def _bar(label: str, first: int, last: int, width: int) -> str:
    """├我想订午饭──┤, cut at the edges of the strip; words that don't fit go on in the next."""
    if last - first == 1:
        return "│"
    inside = last - first - 2
    whole = "├" + _padded(label, inside) + "┤"
    return _cells(whole, max(0, -first), min(last, width) - first)


def _padded(label: str, width: int) -> str:
    if cell_len(label) > width:
        label = set_cell_size(label, width).rstrip(" ")
    return label + "─" * (width - cell_len(label))


def _cells(text: str, begin: int, end: int) -> str:
    """Cells `begin` to `end`; half of a wide sign at an edge becomes a line."""
    out, at = "", 0
    for sign in text:
        size = cell_len(sign)
        if begin <= at and at + size <= end:
            out += sign
        elif at < end and at + size > begin:
            out += "─" * (min(at + size, end) - max(at, begin))
        at += size
    return out
