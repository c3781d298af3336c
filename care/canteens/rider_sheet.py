"""The rider's list as a workbook: one sheet a round."""

from collections.abc import Callable, Iterable
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from care.canteens.riding import Leg, Stop
from care.canteens.way import NAMES, WAYS
from care.workbook import harmless, head, new_book, saved, set_widths

HEADS = ("序", "姓名", "地址", "份数", "忌口", "过敏", "电话", "要注意", "送到")
_WIDTHS = (5, 12, 44, 6, 12, 14, 16, 30, 8)
_LONGEST_TITLE = 31
"""Characters that Excel takes for a sheet's name."""
_NOT_IN_TITLE = str.maketrans("", "", "[]:*?/\\'")


def workbook(legs: Iterable[Leg], on: date, meal: str, show: Callable[[str], str] = str) -> bytes:
    """`show` writes a telephone number: as it is for who brings the meal, masked for others."""
    book, first = new_book("空")
    titles: set[str] = set()
    for leg in legs:
        sheet = book.create_sheet(_title(leg, titles))
        _write(sheet, leg, f"{on:%Y-%m-%d} {meal} {label(leg)}", show)
    if titles:
        book.remove(first)
    return saved(book)


def label(leg: Leg) -> str:
    """What a leg is called: 东线, or 幸福食堂 堂食."""
    if leg.name not in WAYS:
        return leg.name
    return f"{leg.canteen.name if leg.canteen else ''} {NAMES[leg.name]}".strip()


def _title(leg: Leg, taken: set[str]) -> str:
    bare = label(leg).translate(_NOT_IN_TITLE)[: _LONGEST_TITLE - 3] or "路线"
    title = next(
        name
        for count in range(1, len(taken) + 2)
        if (name := bare if count == 1 else f"{bare} {count}") not in taken
    )
    taken.add(title)
    return title


def _write(sheet: Worksheet, leg: Leg, title: str, show: Callable[[str], str]) -> None:
    leaves = f" {leg.round.leaves:%H:%M} 出发" if leg.round else ""
    rider = f" {leg.rider.name}" if leg.rider else ""
    sheet.append([harmless(f"{title}{leaves}{rider} 共 {leg.portions} 份")])
    sheet.append(list(HEADS))
    for number, stop in enumerate(leg.stops, 1):
        sheet.append([number, *(harmless(text) for text in _cells(stop, show))])
    head(sheet, 2)
    set_widths(sheet, _WIDTHS)


def _cells(stop: Stop, show: Callable[[str], str]) -> tuple[str, ...]:
    order = stop.order
    known = stop.is_open  # afterwards nobody needs to know where they live
    return (
        order.person if known else "",
        order.place if known else "",
        str(order.count),
        stop.diet,
        "、".join(stop.allergies),
        show(order.phone) if known else "",
        f"别给：{'、'.join(stop.harmful)}" if stop.harmful else "",
        "√" if stop.is_done else "",
    )
