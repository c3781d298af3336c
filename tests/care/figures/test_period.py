"""Days, weeks and half-years, and which of them a moment lies in."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select

from care.clock import SHANGHAI
from care.figures.period import Span, period
from care.handovers.model import Handover
from care.storage.engine import Sessions
from tests.care.desk.talks import wait

DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
SPANS = st.sampled_from(Span)


@pytest.mark.parametrize(
    ("span", "on", "title", "first", "last"),
    [
        (Span.DAY, date(2026, 11, 21), "2026年11月21日 星期六", "0时", "23时"),
        (Span.WEEK, date(2026, 11, 22), "2026年11月16日至11月22日", "周一 11/16", "周日 11/22"),
        (Span.WEEK, date(2026, 12, 28), "2026年12月28日至1月3日", "周一 12/28", "周日 1/3"),
        (Span.HALF_YEAR, date(2026, 6, 30), "2026年上半年", "1月", "6月"),
        (Span.HALF_YEAR, date(2026, 7, 1), "2026年下半年", "7月", "12月"),
    ],
)
def test_a_period_is_called_by_its_days(
    span: Span, on: date, title: str, first: str, last: str
) -> None:
    found = period(span, on)
    assert found.title == title
    assert (found.steps[0].label, found.steps[-1].label) == (first, last)


@given(SPANS, DAYS)
def test_periods_follow_each_other_without_a_gap(span: Span, on: date) -> None:
    found = period(span, on)
    assert found.since.date() <= on < found.until.date()
    assert period(span, found.after).since == found.until
    assert period(span, found.before).until == found.since
    begins = [step.since for step in found.steps]
    assert begins == sorted(set(begins))
    assert begins[-1] < found.until


@pytest.mark.parametrize(
    ("at", "step"),
    [("00:00:00", 0), ("00:59:59", 0), ("01:00:00", 1), ("23:59:59", 23)],
)
def test_a_moment_lies_in_the_hour_of_shanghai(sessions: Sessions, at: str, step: int) -> None:
    moment = datetime.fromisoformat(f"2026-11-21T{at}").replace(tzinfo=SHANGHAI)
    wait(sessions, now=moment)
    day = period(Span.DAY, moment.date())
    with sessions() as session:
        number = day.step_of(Handover.requested_at)
        found = session.execute(
            select(number, literal(1)).where(day.holds(Handover.requested_at))
        ).all()
        assert [row[0] for row in found] == [step]
        other = period(Span.DAY, moment.date() + timedelta(days=1))
        assert session.scalar(select(Handover.id).where(other.holds(Handover.requested_at))) is None
