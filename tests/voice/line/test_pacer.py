"""When a frame is due, on a clock that the test moves."""

from hypothesis import given, settings
from hypothesis import strategies as st

from voice.line.pacer import FRAME, Pacer


def test_one_frame_every_20_ms() -> None:
    pacer = Pacer(100.0)
    assert [pacer.due(100.0 + step * 0.02 + 0.001) for step in range(50)] == [1] * 50


def test_nothing_is_due_twice() -> None:
    pacer = Pacer(0.0)
    assert (pacer.due(0.0), pacer.due(0.0), pacer.due(0.019)) == (1, 0, 0)
    assert abs(pacer.wait(0.019) - 0.001) < 1e-9


def test_a_short_delay_is_made_up_for() -> None:
    pacer = Pacer(0.0)
    pacer.due(0.0)
    assert pacer.due(0.07) == 3


def test_after_a_long_one_no_burst_is_sent() -> None:
    pacer = Pacer(0.0)
    pacer.due(0.0)
    assert pacer.due(5.0) == 1


@settings(deadline=None)
@given(st.lists(st.floats(0.0001, 0.05), min_size=1, max_size=200))
def test_the_pace_holds_however_irregular_the_looks_are(steps: list[float]) -> None:
    pacer, now, sent = Pacer(0.0), 0.0, 0
    for step in steps:
        now += step
        sent += pacer.due(now)
    assert abs(sent - now / FRAME) <= 1.001
