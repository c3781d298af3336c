"""Workbooks of elders: the empty one to fill in, one that was filled in, and one to take away."""

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from care.elders.field import FIELDS, Field
from care.elders.lists import Lists
from care.elders.sentences import sentence
from care.workbook import (
    MOST_OCTETS,
    NoWorkbookError,
    TooLargeError,
    as_typed,
    harmless,
    new_book,
    opened,
    saved,
    set_widths,
)

MOST_ROWS = 5000
_MOST_COLUMNS = 60
_AS_TEXT = "@"
_WIDTHS = {"identity": 22, "address": 36, "health": 36, "situations": 22}

Typed = dict[str, str]
"""What a row says, by the names of fields."""


class SheetError(ValueError):
    """The file can't be taken; the text is a Chinese sentence for whoever chose it."""


def template(lists: Lists) -> bytes:
    """An empty workbook: heads that the import knows, columns that stay text, and a second sheet
    that tells what may be written.
    """
    book, sheet = new_book("老人")
    _head(sheet, FIELDS)
    for column, field in enumerate(FIELDS, 1):
        # Or Excel makes 1.38E+10 of a telephone number before anybody looks.
        sheet.column_dimensions[get_column_letter(column)].number_format = _AS_TEXT
        for row in range(2, 202):
            sheet.cell(row, column).number_format = _AS_TEXT
        sheet.cell(1, column).number_format = "General" if field.needed else _AS_TEXT
    help_sheet = book.create_sheet("填写说明")
    help_sheet.append(["列", "怎么填"])
    for field in FIELDS:
        help_sheet.append([field.label, _hint(field, lists)])
    set_widths(help_sheet, (18, 90))
    return saved(book)


def rows_of(octets: bytes) -> list[tuple[int, Typed]]:
    """What the first sheet says, by the numbers that Excel gives its rows; empty rows are left
    out. Raises SheetError.
    """
    book = _opened(octets)
    rows = book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, values_only=True)
    heads = [as_typed(cell) for cell in next(rows, ())]
    fields = {column: field for column, head in enumerate(heads) if (field := _called(head))}
    if missing := [each.label for each in FIELDS if each.needed and each not in fields.values()]:
        raise SheetError(sentence("no_column", column="、".join(missing)))
    found = []
    for number, row in enumerate(rows, 2):
        typed = {field.name: as_typed(row[column]) for column, field in fields.items()}
        if any(typed.values()):
            found.append((number, typed))
        if len(found) > MOST_ROWS or number > 20 * MOST_ROWS:
            raise SheetError(sentence("too_many_rows", most=MOST_ROWS))
    if not found:
        raise SheetError(sentence("no_rows"))
    return found


def workbook(fields: Sequence[Field], rows: Iterable[Iterable[str]]) -> bytes:
    """A workbook with these columns; no cell of it is a formula."""
    book, sheet = new_book("老人")
    _head(sheet, fields)
    for row in rows:
        sheet.append([harmless(text) for text in row])
    return saved(book)


def _opened(octets: bytes) -> Workbook:
    try:
        return opened(octets)
    except TooLargeError as error:
        raise SheetError(sentence("file_too_large", most=MOST_OCTETS // 1024 // 1024)) from error
    except NoWorkbookError as error:
        raise SheetError(sentence("no_workbook")) from error


def _called(head: str) -> Field | None:
    bare = head.replace("*", "").replace("（必填）", "").strip()
    return next((field for field in FIELDS if field.label == bare), None)


def _head(sheet: Worksheet, fields: Sequence[Field]) -> None:
    sheet.append([field.label + ("*" if field.needed else "") for field in fields])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCECE8")
    set_widths(sheet, [_WIDTHS.get(field.name, 14) for field in fields])
    sheet.freeze_panes = "B2"


def _hint(field: Field, lists: Lists) -> str:
    terms = lists.of(field.name)
    if terms is not None:
        several = "可以写几个，用、隔开：" if field.name.endswith("s") else "写一个："
        return several + "、".join(terms.codes)
    return sentence(f"fill_{field.name}")
