"""The report as an Excel file: numbers with their meaning, charts, regions, and the queries."""

from collections.abc import Mapping

from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from care.report.build import Breakdown, Level, Report
from care.workbook import head, new_book, saved, set_widths

_SHARE = "0.0%"
_NUMBER = "#,##0.##"
_WRAP = Alignment(wrap_text=True, vertical="top")
_BAR_CM = 0.9
"""Height that a bar takes in a chart."""
_MOST_BARS = 30
"""Regions that are drawn; a chart of hundreds tells nothing."""


def as_workbook(report: Report, notice: str) -> bytes:
    """`notice` stands below the title: whether the half-year is over, or empty."""
    book, first = new_book("总表")
    _totals(first, report, notice)
    for breakdown in report.breakdowns:
        _breakdown(book.create_sheet(breakdown.label[:31]), breakdown, report.period.title)
    for level in report.levels:
        _level(book.create_sheet(f"分{level.label}"[:31]), level, report)
    _queries(book.create_sheet("口径和查询"), report)
    return saved(book)


def _totals(sheet: Worksheet, report: Report, notice: str) -> None:
    _head(
        sheet,
        f"{report.period.title}养老服务情况",
        notice,
        ("类别", "指标", "数值", "单位", "怎么算的"),
    )
    for chapter in report.chapters:
        for number in chapter.numbers:
            cells = (chapter.label, number.label, number.value, number.unit, number.means)
            _row(sheet, cells, {3: _NUMBER})
        for share in chapter.shares:
            _row(sheet, (chapter.label, share.label, share.value, "", share.means), {3: _SHARE})
    set_widths(sheet, (12, 20, 12, 8, 80))


def _breakdown(sheet: Worksheet, breakdown: Breakdown, title: str) -> None:
    _head(sheet, f"{breakdown.label}（{title}）", breakdown.means, ("", "数值"))
    for name, number in breakdown.values.items():
        _row(sheet, (name, number), {2: _NUMBER})
    set_widths(sheet, (24, 12))
    _chart(sheet, breakdown.label, len(breakdown.values), 2)


def _level(sheet: Worksheet, level: Level, report: Report) -> None:
    columns = report.columns
    told = "一个地区的数包括它下面各级；没有登记到这一级的列在最后。"
    _head(
        sheet,
        f"分{level.label}（{report.period.title}）",
        told,
        ("地区", *columns.values(), "上级"),
    )
    for line in level.lines:
        values: Mapping[str, float | None] = {**line.values, **line.shares}
        cells = (line.region, *(values.get(name, 0) for name in columns), line.inside)
        formats = {
            place: _SHARE if name in line.shares else _NUMBER
            for place, name in enumerate(columns, start=2)
        }
        _row(sheet, cells, formats)
    set_widths(sheet, (22, *(13 for _each in columns), 18))
    sheet.freeze_panes = "B5"
    _chart(sheet, next(iter(columns.values())), min(len(level.lines), _MOST_BARS), 2)


def _queries(sheet: Worksheet, report: Report) -> None:
    told = "每个数由下面的查询算出；报警的响应时间由程序按同一批报警计算。"
    _head(sheet, "口径和查询", told, ("指标", "怎么算的", "查询"))
    for number in (n for chapter in report.chapters for n in chapter.numbers):
        _row(sheet, (number.label, number.means, number.sql), {})
    for breakdown in report.breakdowns:
        _row(sheet, (breakdown.label, breakdown.means, breakdown.sql), {})
    set_widths(sheet, (22, 60, 100))


def _head(sheet: Worksheet, title: str, told: str, heads: tuple[str, ...]) -> None:
    sheet.append((title,))
    sheet.append((told,))
    sheet.append(())
    sheet.append(heads)
    head(sheet, 4)
    for cell in sheet[4]:
        cell.alignment = _WRAP


def _row(
    sheet: Worksheet, cells: tuple[str | float | None, ...], formats: Mapping[int, str]
) -> None:
    sheet.append(cells)
    for place, cell in enumerate(sheet[sheet.max_row], start=1):
        cell.alignment = _WRAP
        if place in formats:
            cell.number_format = formats[place]


def _chart(sheet: Worksheet, title: str, rows: int, column: int) -> None:
    """Below the table, of its first column."""
    if not rows:
        return
    chart = BarChart()
    chart.type, chart.style, chart.title, chart.legend = "bar", 10, title, None
    last = 4 + rows
    chart.add_data(Reference(sheet, min_col=column, min_row=5, max_row=last))
    chart.set_categories(Reference(sheet, min_col=1, min_row=5, max_row=last))
    chart.x_axis.scaling.orientation = "maxMin"
    # Without these, newer versions of Excel leave the axes out.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.width, chart.height = 22, 4 + _BAR_CM * rows
    sheet.add_chart(chart, f"A{sheet.max_row + 2}")
