"""A period as a file, every number with its meaning: CSV for programs, a workbook for people."""

import csv
from io import StringIO

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from care.figures.course import Course
from care.figures.figure import Unit
from care.figures.listing import Group, Line
from care.workbook import head, new_book, saved, set_widths

HEAD = ("类别", "指标", "数值", "单位", "目标", "达到目标", "按多少个算", "怎么算的")
_FORMATS = {Unit.COUNT: "0", Unit.SHARE: "0.0%", Unit.SECONDS: "0.0"}
_WIDTHS = (12, 24, 10, 8, 10, 10, 12, 90)
_REACHED = {True: "是", False: "否", None: ""}


def as_csv(title: str, groups: tuple[Group, ...]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; shares from 0 to 1, times in seconds."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(("时段", *HEAD))
    for group in groups:
        for line in group.lines:
            writer.writerow((title, *_cells(group, line)))
    return text.getvalue().encode("utf-8-sig")


def as_workbook(title: str, groups: tuple[Group, ...], courses: tuple[Course, ...]) -> bytes:
    """A sheet of figures, and one for each chart."""
    book, sheet = new_book("指标")
    sheet.append((title,))
    sheet.append(HEAD)
    for group in groups:
        for line in group.lines:
            sheet.append(_cells(group, line))
            for column in (3, 5):
                cell = sheet.cell(sheet.max_row, column)
                cell.number_format = _FORMATS[line.figure.unit]
            sheet.cell(sheet.max_row, len(HEAD)).alignment = Alignment(wrap_text=True)
    head(sheet, 2)
    set_widths(sheet, _WIDTHS)
    for course in courses:
        _add_course(book.create_sheet(course.label[:31]), title, course)
    return saved(book)


def _cells(group: Group, line: Line) -> tuple[str | float | None, ...]:
    figure = line.figure
    return (
        group.label,
        line.meaning.label,
        figure.value,
        "秒" if figure.unit is Unit.SECONDS else line.meaning.unit,
        figure.goal,
        _REACHED[figure.reaches_goal],
        figure.counted,
        line.meaning.means,
    )


def _add_course(sheet: Worksheet, title: str, course: Course) -> None:
    sheet.append((title,))
    sheet.append(("", *(column.label for column in course.columns)))
    for number, row in enumerate(course.rows):
        sheet.append((row, *(column.values[number] for column in course.columns)))
        for place, column in enumerate(course.columns, start=2):
            sheet.cell(sheet.max_row, place).number_format = _FORMATS[column.unit]
    head(sheet, 2)
    set_widths(sheet, (16, *(24 for _ in course.columns)))
