"""What every Excel file that leaves the house has in common."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program may run instead of showing (OWASP, CSV injection)."""


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
