"""What every Excel file that leaves the house, or comes into it, has in common."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

MOST_OCTETS = 4 * 1024 * 1024
"""Of a file that comes in."""
_MOST_UNPACKED = 80 * 1024 * 1024
"""Octets: a few kilobytes of a zip can hold a memory full of zeros."""
_MOST_CELL = 1000
"""Characters."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program may run instead of showing (OWASP, CSV injection)."""


class TooLargeError(ValueError):
    """A file that comes in, or what it unpacks to, is larger than a workbook of ours is."""


class NoWorkbookError(ValueError):
    """A file that comes in is no workbook."""


def opened(octets: bytes) -> Workbook:
    """A file that somebody chose, to be read only. Raises TooLargeError, NoWorkbookError."""
    if len(octets) > MOST_OCTETS:
        raise TooLargeError(f"{len(octets)} octets")
    try:
        with zipfile.ZipFile(BytesIO(octets)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if unpacked <= _MOST_UNPACKED:
            return load_workbook(BytesIO(octets), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise NoWorkbookError from error
    raise TooLargeError(f"{unpacked} octets unpacked")


def as_typed(cell: object) -> str:
    """A cell as somebody would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip().removeprefix("'")[:_MOST_CELL]


def new_book(title: str) -> tuple[Workbook, Worksheet]:
    """A workbook and its first sheet, which is called so."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = title
    return book, sheet


def saved(book: Workbook) -> bytes:
    """The file."""
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def harmless(text: str) -> str:
    """The text with a sign before it where a spreadsheet program could take it for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def head(sheet: Worksheet, row: int) -> None:
    """The title in A1 and the heads in `row` stand out, and stay in sight."""
    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[row]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"A{row + 1}"


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Of the columns from A on, in characters."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
