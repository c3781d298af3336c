"""Workbooks of a week's menus: the empty one to fill in, and one that was filled in."""

from collections.abc import Iterable
from datetime import date, timedelta

from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from care.canteens.dish_reading import FIELDS, Typed
from care.canteens.refused import RefusedError
from care.canteens.sentences import sentence
from care.canteens.terms import allergens, diets
from care.workbook import (
    MOST_OCTETS,
    NoWorkbookError,
    TooLargeError,
    as_typed,
    new_book,
    opened,
    saved,
    set_widths,
)

MOST_ROWS = 1000
_NEEDED = ("on", "meal", "name")
_WIDTHS = (14, 10, 24, 12, 20, 24)
_WEEK = 7


def template(served: Iterable[str], first: date) -> bytes:
    """A workbook for the week from `first` on: its days and meals stand there already."""
    book, sheet = new_book("菜单")
    _head(sheet)
    meals = list(served)
    for day in range(_WEEK):
        for meal in meals:
            sheet.append([(first + timedelta(days=day)).isoformat(), meal])
    told = book.create_sheet("填写说明")
    told.append(["列", "怎么填"])
    for name, hint in _hints().items():
        told.append([FIELDS[name], hint])
    set_widths(told, (18, 90))
    return saved(book)


def rows_of(octets: bytes) -> list[tuple[int, Typed]]:
    """What the first sheet says, by the numbers that Excel gives its rows; rows without a dish are
    left out. Raises RefusedError.
    """
    try:
        book = opened(octets)
    except TooLargeError as error:
        raise RefusedError("file_too_large", most=MOST_OCTETS // 1024 // 1024) from error
    except NoWorkbookError as error:
        raise RefusedError("no_workbook") from error
    rows = book.worksheets[0].iter_rows(max_col=20, values_only=True)
    heads = [as_typed(cell).removesuffix("*") for cell in next(rows, ())]
    columns = {name: heads.index(head) for name, head in FIELDS.items() if head in heads}
    if missing := [FIELDS[name] for name in _NEEDED if name not in columns]:
        raise RefusedError("no_column", column="、".join(missing))
    found = []
    for number, row in enumerate(rows, 2):
        typed = {name: as_typed(row[column]) for name, column in columns.items()}
        if any(typed[name] for name in columns if name not in ("on", "meal")):
            found.append((number, typed))
        if len(found) > MOST_ROWS or number > 10 * MOST_ROWS:
            raise RefusedError("too_many_rows", most=MOST_ROWS)
    if not found:
        raise RefusedError("no_rows")
    return found


def _head(sheet: Worksheet) -> None:
    sheet.append([head + ("*" if name in _NEEDED else "") for name, head in FIELDS.items()])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DCECE8")
    set_widths(sheet, _WIDTHS)
    sheet.freeze_panes = "A2"


def _hints() -> dict[str, str]:
    several = "可以写几个，用、隔开："
    return {
        "on": sentence("row_date"),
        "meal": sentence("row_meal"),
        "name": "一行一道菜。同一天同一顿有几道菜，就写几行。",
        "price": sentence("row_price"),
        "diets": several + "、".join(diets().names),
        "allergens": several + "、".join(allergens()),
    }
