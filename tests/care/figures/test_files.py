"""The exports, read back as other programs read them."""

import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook

from care.alarms.words import Words as AlarmWords
from care.data_files import DATA
from care.desk.words import Words as DeskWords
from care.figures.board import board
from care.figures.course import courses
from care.figures.files import HEAD, as_csv, as_workbook
from care.figures.listing import listing
from care.figures.period import Span, period
from care.figures.words import Words
from care.storage.engine import Sessions
from tests.care.figures.day import ask, call, say
from tests.conftest import NOW


def test_both_files_hold_every_figure_with_its_meaning(embedded: Sessions) -> None:
    call(embedded)
    say(embedded, "web-1", "greet")
    ask(embedded, "web-2", picked_up=12.5)
    words = Words.load()
    day = period(Span.DAY, NOW.date())
    with embedded() as session:
        found = board(session, day, NOW)
    groups = listing(found, words)
    text = as_csv(day.title, groups)
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))
    by_name = {row["指标"]: row for row in rows}
    assert len(rows) == len(words.figures)
    assert {row["时段"] for row in rows} == {"2026年11月21日 星期六"}
    assert (by_name["打进的电话"]["数值"], by_name["打进的电话"]["单位"]) == ("1", "通")
    assert (by_name["等待中位数"]["数值"], by_name["等待中位数"]["单位"]) == ("12.5", "秒")
    within = by_name["15 秒内接起"]
    assert [within[name] for name in ("数值", "目标", "达到目标", "按多少个算")] == [
        "1.0", "0.95", "是", "1",
    ]  # fmt: skip
    assert by_name["60 秒内接警"]["数值"] == ""
    assert all(row["怎么算的"].endswith("。") for row in rows)

    charts = courses(found, words, DeskWords.load(DATA), AlarmWords.load())
    book = load_workbook(BytesIO(as_workbook(day.title, groups, charts)))
    assert book.sheetnames == ["指标", *(chart.label for chart in charts)]
    sheet = book["指标"]
    assert [cell.value for cell in sheet[2]] == list(HEAD)
    told = {row[1]: row for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert told["15 秒内接起"][2:6] == (1, None, 0.95, "是")
    assert sheet.max_row == 2 + len(words.figures)
    talks = book[charts[0].label]
    assert [cell.value for cell in talks[2]] == [None, "打进的电话", "文字对话"]
    assert [cell.value for cell in talks[13]] == ["10时", 1, 1]


def test_the_manual_tells_what_each_figure_counts() -> None:
    manual = (DATA.parent / "docs" / "desk.md").read_text("utf-8")
    for meaning in Words.load().figures.values():
        assert f"| {meaning.label} | {meaning.means} |" in manual
