"""Who is visited how often, and when the assistant may telephone."""

from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.clock import SHANGHAI
from care.data_files import DataFileError
from care.elders.lists import own_lists
from care.knowledge.document import load_documents
from care.visits.findings import Findings
from care.visits.month import after, before, first_of, last_of, share
from care.visits.window import Calls
from tests.care.visits.people import HOME, REGIONS, RULES

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("region", "situations", "rule"),
    [
        (HOME, {"空巢"}, "alashan"),
        (HOME, {"独居"}, None),
        ("沈河区", {"独居"}, "shenyang"),
        ("沈河区", {"贫困"}, "shenyang"),
        ("金凤区", {"独居"}, None),
        ("金凤区", {"重残", "独居"}, "yinchuan"),
        ("西咸新区", {"独居"}, "elsewhere"),
        (None, {"独居"}, "elsewhere"),
        ("沈河区", set(), None),
    ],
)
def test_the_source_of_the_place_decides(
    region: str | None, situations: set[str], rule: str | None
) -> None:
    found = RULES.rule_for(region, frozenset(situations), REGIONS.within)
    assert (found and found.id) == rule


def test_every_rule_speaks_of_what_there_is() -> None:
    documents, known = load_documents(), set(own_lists().situations.codes)
    for rule in RULES.rules:
        assert rule.source.document in documents
        assert rule.situations <= known
        assert rule.region is None or REGIONS.find(rule.region)
    assert RULES.phone.never | RULES.alarm.situations <= known
    assert set(RULES.phone.needs) <= set(Findings.load().questions)


def test_a_call_counts_twice_running_and_never_for_who_must_be_seen() -> None:
    alone = frozenset({"独居"})
    assert [RULES.by_phone(alone, running) for running in range(3)] == [True, True, False]
    assert not RULES.by_phone(alone | {"失能"}, 0)


@given(DAYS, st.integers(1, 4))
def test_the_parts_of_a_month_follow_one_another_and_are_the_month(day: date, times: int) -> None:
    month = first_of(day)
    parts = [share(month, nth, times) for nth in range(1, times + 1)]
    assert (parts[0].first, parts[-1].last) == (month, last_of(month))
    for part, following in pairwise(parts):
        assert (following.first - part.last).days == 1
    lengths = [(part.last - part.first).days + 1 for part in parts]
    assert max(lengths) - min(lengths) <= 1


@given(DAYS)
def test_months_follow_one_another_over_new_year_and_leap_days(day: date) -> None:
    month = first_of(day)
    assert (after(month) - last_of(month)).days == 1
    assert before(after(month)) == month == after(before(month))


def test_calls_have_their_hours() -> None:
    calls = Calls.load()
    day = date(2028, 2, 29)

    def window(hour: int, minute: int = 0) -> tuple[date, int] | None:
        return calls.window_at(datetime.combine(day, time(hour, minute), SHANGHAI))

    assert [window(9, 29), window(9, 30), window(15)] == [None, (day, 0), (day, 1)]
    assert [window(11, 30), window(12, 30), window(17, 30), window(21), window(3)] == [None] * 5


@pytest.mark.parametrize(
    ("windows", "problem"),
    [
        ('{from: "07:30", to: "09:00"}', "between 08:00 and 20:00"),
        ('{from: "19:00", to: "20:30"}', "between 08:00 and 20:00"),
        ('{from: "11:00", to: "12:30"}', "between 12:00 and 14:00"),
        ('{from: "10:00", to: "09:00"}', "from earlier to later"),
        ('{from: "15:00", to: "16:00"}, {from: "09:00", to: "10:00"}', "order of the day"),
    ],
)
def test_windows_at_night_and_at_midday_stop_the_start(
    tmp_path: Path, windows: str, problem: str
) -> None:
    (tmp_path / "visits").mkdir()
    text = f"windows: [{windows}]\nat_once: 1\ntries: 3\nring: 30\n"
    (tmp_path / "visits" / "calls.yml").write_text(text)
    with pytest.raises(DataFileError, match=problem):
        Calls.load(tmp_path)
