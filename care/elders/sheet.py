"""Workbooks of elders: the empty one to fill in, one that was filled in, and one to take away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from care.elders.column import USUAL, Column, heads
from care.elders.field import Field
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

_LONGEST_HEAD = 30
"""Characters of a head that are shown."""

Head = Field | Column
Typed = dict[str, str]
"""What a row says, by the names of its heads."""


class SheetError(ValueError):
    """The file can't be taken; the text is a Chinese sentence for whoever chose it."""


@dataclass(frozen=True)
class Sheet:
    """What a workbook's first sheet says."""

    rows: list[tuple[int, Typed]]
    """By the numbers that Excel gives them; empty ones are left out."""
    unknown: tuple[str, ...] = ()
    """Heads of columns that nobody reads."""


def template(lists: Lists) -> bytes:
    """An empty workbook: heads that the import knows, columns that stay text, and a second sheet
    that tells what may be written.
    """
    book, sheet = new_book("老人")
    _head(sheet, heads(USUAL))
    for column, field in enumerate(heads(USUAL), 1):
        # Or Excel makes 1.38E+10 of a telephone number before anybody looks.
        sheet.column_dimensions[get_column_letter(column)].number_format = _AS_TEXT
        for row in range(2, 202):
            sheet.cell(row, column).number_format = _AS_TEXT
        sheet.cell(1, column).number_format = "General" if field.needed else _AS_TEXT
    help_sheet = book.create_sheet("填写说明")
    help_sheet.append(["列", "怎么填"])
    for field in heads(USUAL):
        help_sheet.append([field.label, _hint(field, lists)])
    set_widths(help_sheet, (18, 90))
    return saved(book)


def read_sheet(octets: bytes) -> Sheet:
    """The first sheet of a workbook. Raises SheetError."""
    book = _opened(octets)
    rows = book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, values_only=True)
    named = [as_typed(cell) for cell in next(rows, ())]
    fields = {column: field for column, head in enumerate(named) if (field := _called(head))}
    if missing := [each.label for each in heads() if each.needed and each not in fields.values()]:
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
    unknown = (head[:_LONGEST_HEAD] for at, head in enumerate(named) if head and at not in fields)
    return Sheet(found, tuple(unknown))


def workbook(fields: Sequence[Head], rows: Iterable[Iterable[str]]) -> bytes:
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


def _called(head: str) -> Head | None:
    bare = head.replace("*", "").replace("（必填）", "").strip()
    return next((field for field in heads() if field.label == bare), None)


def _head(sheet: Worksheet, fields: Sequence[Head]) -> None:
    sheet.append([field.label + ("*" if field.needed else "") for field in fields])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCECE8")
    set_widths(sheet, [_WIDTHS.get(field.name, 14) for field in fields])
    sheet.freeze_panes = "B2"


def _hint(field: Head, lists: Lists) -> str:
    if isinstance(field, Column):
        return sentence(field.hint)
    terms = lists.of(field.name)
    if terms is not None:
        several = "可以写几个，用、隔开：" if field.name.endswith("s") else "写一个："
        return several + "、".join(terms.codes)
    return sentence(f"fill_{field.name}")
