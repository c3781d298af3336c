"""The half-yearly report: what is counted, where, and that the queries shown give the numbers."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from care.report.workbook import as_workbook
from care.storage.engine import Sessions
from tests.care.report.half_year import BUILDER, CLOCK, EMPTY, HALF, fill, totals


@pytest.fixture
def filled(sessions: Sessions) -> Sessions:
    """Something of everything."""
    with sessions.begin() as session:
        fill(session)
    return sessions


def test_everything_is_counted_once_and_nothing_of_other_times(filled: Sessions) -> None:
    with filled() as session:
        report = BUILDER.build(session, HALF)
    assert totals(report) == {
        "elders": 3, "services": 3, "meals": 3, "free_hours": 2, "free_elders": 1,
        "visits_due": 3, "visits_done": 2, "visits_phone": 1, "alarms": 2, "reviews": 2,
        "content": 1, "complaints": 1, "benefits_found": 1, "benefits_told": 1,
    }  # fmt: skip
    shares = {share.label: share.shown for chapter in report.chapters for share in chapter.shares}
    assert shares == {"探访率": "66.6%", "满意率": "50%"}
    assert [within.met for within in report.response.within] == [1, 2]
    assert not report.is_empty
    assert not report.is_over


def test_numbers_are_divided_without_a_rest(filled: Sessions) -> None:
    with filled() as session:
        report = BUILDER.build(session, HALF)
    divided = {
        each.id: {name: count for name, count in each.values.items() if count}
        for each in report.breakdowns
    }
    assert divided["situations"] == {"独居": 2, "空巢": 1, "没有登记": 1}
    assert divided["abilities"] == {"3级": 1, "没有评估": 2}
    assert divided["fields"] == {"生活帮助": 2, "助餐": 2, "其他": 1}
    assert divided["months"] == {"7月": 3, "12月": 2}
    assert sum(divided["categories"].values()) == 2


def test_each_level_has_what_lies_in_it(filled: Sessions) -> None:
    with filled() as session:
        report = BUILDER.build(session, HALF)
    [city, district, town, community] = report.levels
    elders = {
        level.id: {line.region: line.values.get("elders") for line in level.lines}
        for level in report.levels
    }
    assert elders["city"] == {"阿拉善盟": 2, "地区没有登记": 1}
    assert elders["district"] == {"额济纳旗": 2, "地区没有登记": 1}
    assert elders["town"] == {"达来呼布镇": 1, "地区没有登记": 2}
    assert elders["community"] == {"地区没有登记": 3}
    [line, nowhere] = district.lines
    assert (line.inside, nowhere.inside) == ("阿拉善盟", "")
    assert line.shares == {"visit_rate": 2 / 3, "content_rate": 0.5}
    assert (line.values["alarms"], nowhere.values["alarms"]) == (1, 1)
    whole = totals(report)
    for level in (city, district, town, community):  # whatever the level, nobody is lost
        for name, value in whole.items():
            assert sum(each.values.get(name, 0) for each in level.lines) == value


def test_the_query_that_is_shown_gives_the_number(filled: Sessions) -> None:
    with filled() as session:
        report = BUILDER.build(session, HALF)
        for chapter in report.chapters:
            for number in chapter.numbers:
                rows = session.execute(text(number.sql.replace(":", r"\:"))).all()
                assert sum(float(row.number) for row in rows) == number.value, number.id


def test_a_half_year_without_anything_says_so(filled: Sessions) -> None:
    with filled() as session:
        report = BUILDER.build(session, EMPTY)
    assert report.is_empty
    assert report.is_over
    assert set(totals(report)) <= {"elders"}
    assert {share.shown for chapter in report.chapters for share in chapter.shares} == {"—"}


def test_the_workbook_opens_with_charts_meanings_and_queries(filled: Sessions) -> None:
    CLOCK.now = HALF.until
    with filled() as session:
        report = BUILDER.build(session, HALF)
    assert report.is_over
    file = BytesIO(as_workbook(report, ""))
    charts = [name for name in ZipFile(file).namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == len(report.breakdowns) + len(report.levels)
    book = load_workbook(file)
    assert book.sheetnames[0] == "总表"
    assert book.sheetnames[-5:] == [
        "分盟市", "分旗区县", "分苏木镇街道", "分嘎查社区", "口径和查询",
    ]  # fmt: skip
    rows = {row[1]: row for row in book["总表"].iter_rows(min_row=5, values_only=True)}
    assert rows["送出的餐"][2:4] == (3, "份")
    assert rows["探访率"][2] == pytest.approx(2 / 3)
    assert str(rows["探访率"][4]).endswith("。")
    assert all("SELECT" in str(row[2]) for row in book["口径和查询"].iter_rows(5, values_only=True))
    assert rows["在册老人"][2] == 3
