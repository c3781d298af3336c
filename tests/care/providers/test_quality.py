"""How good a provider is, from its orders and complaints."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.complaints import service as complaints
from care.complaints.service import Report
from care.orders import life
from care.orders.steps import Act
from care.providers import quality
from care.providers.model import Provider
from care.providers.quality import Figures
from care.storage.engine import Sessions
from tests.care.orders.town import HAIRCUT, MONDAY, act, at, place, provider
from tests.conftest import NOW

COUNTS = st.integers(0, 2000)


@st.composite
def half_years(draw: st.DrawFn) -> Figures:
    """Whatever can have happened."""
    served = draw(COUNTS)
    scores = draw(st.integers(0, served))
    return Figures(
        served,
        scores,
        draw(st.integers(scores, 5 * scores)),
        draw(st.integers(0, served)),
        draw(COUNTS),
    )


@given(half_years())
def test_it_is_0_to_100_and_one_more_complaint_never_helps(known: Figures) -> None:
    assert 0 <= known.quality <= 100
    worse = Figures(known.served, known.scores, known.score_sum, known.punctual, known.upheld + 1)
    assert worse.quality <= known.quality


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Figures(), 80),
        (Figures(2, 2, 10, 2, 0), 83),
        (Figures(1000, 1000, 5000, 1000, 0), 100),
        (Figures(1000, 1000, 1000, 0, 1000), 1),
        (Figures(100, 100, 400, 100, 1), 83),
    ],
)
def test_few_orders_say_little(known: Figures, expected: int) -> None:
    assert known.quality == expected


def test_it_is_worked_out_from_what_happened(sessions: Sessions) -> None:
    with sessions.begin() as session:
        number = provider(session, "康乐", "理发")
        for late in (0, 20):
            order = place(session, HAIRCUT)
            due = at(MONDAY, 9)
            life.offer(session, order.id, number, act(), places=5, due=due)
            life.accept(session, order.id, act(), provider_id=number)
            begun = Act("小李", due + timedelta(minutes=late))
            life.start(session, order.id, begun, provider_id=number)
            life.finish(session, order.id, begun, provider_id=number)
            life.review(session, order.id, begun, score=5 if late == 0 else 2)
        bad = complaints.make(session, Report("late", "晚了", order.id), by="张敏", now=NOW)
        complaints.take(session, bad.id, by="张敏", now=NOW)
        complaints.close(session, bad.id, "partly", "道歉", by="张敏", now=NOW)
    later = at(MONDAY, 20)
    assert quality.refresh(sessions, later) == 1
    assert quality.refresh(sessions, later) == 0
    with sessions() as session:
        assert quality.figures(session, number, later) == Figures(2, 2, 7, 1, 1)
        assert session.get_one(Provider, number).quality == Figures(2, 2, 7, 1, 1).quality
        assert quality.figures(session, number, later + quality.WINDOW) == Figures()
