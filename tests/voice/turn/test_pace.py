import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.synthesis.port import LIMITS, Style
from voice.turn.pace import Pace
from voice.turn.pace_words import Wish, pace_words


def test_slower_is_slower_with_longer_pauses() -> None:
    pace = Pace()
    before = pace.style
    assert pace.wish(Wish.SLOWER)
    assert pace.style.speed < before.speed
    assert pace.style.pauses > before.pauses


def test_speeds_are_those_that_are_rendered_beforehand() -> None:
    pace = Pace()
    met = {pace.style.speed}
    for wish in (Wish.SLOWER, Wish.SLOWER, Wish.FASTER, Wish.FASTER, Wish.FASTER):
        pace.wish(wish)
        met.add(pace.style.speed)
    assert met == set(pace_words().speeds)


def test_louder_and_softer() -> None:
    pace = Pace()
    assert pace.wish(Wish.LOUDER)
    assert pace.style.volume == 3.0
    assert pace.wish(Wish.SOFTER)
    assert pace.style.volume == 0.0


def test_a_repeat_changes_nothing() -> None:
    pace = Pace()
    assert not pace.wish(Wish.REPEAT)
    assert pace.style == Style()


@pytest.mark.parametrize("wish", [Wish.SLOWER, Wish.FASTER, Wish.LOUDER, Wish.SOFTER])
def test_at_the_limit_it_says_so(wish: Wish) -> None:
    pace = Pace()
    for _ in range(20):
        pace.wish(wish)
    assert not pace.wish(wish)


def test_a_slow_caller_gets_long_pauses_but_the_usual_speed() -> None:
    pace = Pace()
    for _ in range(4):
        pace.heard(10, 5.0)
    assert pace.style.pauses == 1.8
    assert pace.style.speed == Style().speed


def test_a_quick_caller_changes_nothing() -> None:
    pace = Pace()
    pace.heard(20, 4.0)
    assert pace.style == Style()


def test_short_answers_tell_no_rate() -> None:
    pace = Pace()
    pace.heard(1, 2.0)
    pace.heard(10, 0.0)
    assert pace.style == Style()


def test_who_asks_for_more_speed_is_not_slowed_down_again_at_once() -> None:
    pace = Pace()
    pace.heard(8, 5.0)
    pace.wish(Wish.FASTER)
    assert pace.style.pauses == 1.0


@settings(deadline=None)
@given(
    wishes=st.lists(st.sampled_from(Wish), max_size=30),
    turns=st.lists(st.tuples(st.integers(0, 60), st.floats(0, 60)), max_size=10),
    speed=st.floats(0.6, 1.3),
    pauses=st.floats(0.5, 3.0),
)
def test_the_style_stays_within_what_voices_speak(
    wishes: list[Wish], turns: list[tuple[int, float]], speed: float, pauses: float
) -> None:
    pace = Pace(Style(speed=speed, pauses=pauses))
    for wish in wishes:
        before = pace.style
        assert pace.wish(wish) is (pace.style != before)
        if wish is Wish.SLOWER:
            assert pace.style.speed <= before.speed
    for syllables, seconds in turns:
        pace.heard(syllables, seconds)
        for field, (least, most) in LIMITS.items():
            assert least <= getattr(pace.style, field) <= most
