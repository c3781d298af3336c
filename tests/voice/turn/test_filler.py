import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.turn.delays import delays
from voice.turn.filler import Filler


def test_a_quick_answer_needs_none() -> None:
    filler = Filler()
    filler.thinking(10.0, last_sound=9.6)
    assert filler.due(10.6) is None
    filler.answered()
    assert filler.due(20.0) is None


def test_after_seven_tenths_of_a_second_one_comes() -> None:
    filler = Filler()
    filler.thinking(10.0, last_sound=9.65)
    assert filler.next_due() == pytest.approx(10.7)
    assert filler.due(10.7) == 0
    assert filler.due(11.0) is None, "it is told once"


def test_sooner_where_it_was_quiet_for_long_already() -> None:
    filler = Filler()
    filler.thinking(10.0, last_sound=9.1)
    assert filler.next_due() == pytest.approx(10.4)
    filler.thinking(10.0, last_sound=8.0)
    assert filler.next_due() == pytest.approx(10.3), "the answer gets a chance"


def test_the_next_ones_come_before_the_air_is_dead() -> None:
    filler = Filler()
    filler.thinking(0.0)
    assert filler.due(0.7) == 0
    filler.said(1.5)
    assert filler.next_due() == pytest.approx(2.8)
    assert filler.due(2.8) == 1
    filler.said(4.0)
    assert filler.due(5.3) == 2
    assert filler.next_due() is None


def test_an_answer_that_begins_ends_it() -> None:
    filler = Filler()
    filler.thinking(0.0)
    filler.saying()
    assert filler.due(5.0) is None


@settings(deadline=None)
@given(waited=st.floats(0.35, 5.0), spoken=st.lists(st.floats(0.3, 3.0), max_size=5))
def test_the_air_is_never_dead(waited: float, spoken: list[float]) -> None:
    """However long the answer takes: no more than 1.5 s pass without a sound while we think."""
    filler, waits = Filler(), delays().filler
    filler.thinking(100.0, last_sound=100.0 - waited)
    quiet = 100.0
    for place, seconds in enumerate(spoken):
        at = filler.next_due()
        assert at is not None
        assert at + waits.ahead - quiet <= waits.dead_air + 1e-6
        assert at >= quiet + waits.least - 1e-6
        assert filler.due(at) == place
        filler.saying()
        quiet = at + waits.ahead + seconds
        filler.said(quiet)
