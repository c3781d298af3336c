"""A steward's list of a month as a workbook."""

from collections.abc import Sequence

from openpyxl.styles import Alignment

from care.desk.number import masked
from care.visits.ledger import Row
from care.visits.service import is_by_phone
from care.visits.words import Words
from care.workbook import harmless, head, new_book, saved, set_widths

_HEAD = (
    ("序号", 6),
    ("姓名", 12),
    ("地区", 16),
    ("住址", 30),
    ("电话", 14),
    ("情况", 18),
    ("最迟", 12),
    ("怎么访", 14),
    ("状态", 10),
    ("探访日期", 12),
    ("谁去的", 12),
    ("看到什么", 40),
)


def steward_sheet(title: str, rows: Sequence[Row], words: Words) -> bytes:
    """Columns to be filled in by hand stand last; telephone numbers are masked: a file goes on."""
    book, sheet = new_book("探访")
    sheet.append((harmless(title),))
    sheet.append([name for name, _ in _HEAD])
    for number, row in enumerate(rows, start=1):
        sheet.append([number, *map(harmless, _texts(row, words))])
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    head(sheet, 2)
    set_widths(sheet, [width for _, width in _HEAD])
    return saved(book)


def _texts(row: Row, words: Words) -> tuple[str, ...]:
    visit, elder = row.visit, row.elder
    why = f"上门（{words.whys[visit.in_person]}）" if visit.in_person else "上门"
    return (
        elder.name,
        visit.region or "",
        elder.address or "",
        masked(elder.phone),
        "、".join(sorted(elder.situations)),
        visit.due_on.isoformat(),
        "助手打电话" if is_by_phone(visit) else why,
        words.states[visit.state],
        visit.done_at.date().isoformat() if visit.done_at else "",
        visit.visitor or "",
        "",
    )
