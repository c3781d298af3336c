"""Barge-in on a virtual clock; with real sound it is measured in test_start_measured."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.turn.timeline import Caller
from voice.turn.delays import delays
from voice.turn.expectation import Expectation
from voice.turn.start import BargeIn, Resume, Start
from voice.turn.voiced import Voiced


def decide(
    caller: Caller, barge_in: BargeIn | None = None, *, playing: bool = True, echo: float = 0.0
) -> list[tuple[float, Start | Resume]]:
    """Everything that is decided while the caller's timeline runs."""
    barge_in = barge_in or BargeIn()
    found: list[tuple[float, Start | Resume]] = []

    def hear(at: float, event: Voiced | str) -> None:
        resumed = barge_in.tick(at)
        if resumed:
            found.append((at, resumed))
        if isinstance(event, str):
            start = barge_in.partial(event, at, playing)
        else:
            start = barge_in.hear(event, playing, echo)
        if start:
            found.append((at, start))

    caller.run(hear)
    return found


def test_speech_stops_the_voice_and_keeps_its_first_syllable() -> None:
    (at, start), *more = decide(Caller().pauses(1.0).says("等一下我还没说完呢").pauses(3.0))
    assert isinstance(start, Start)
    assert start.stops
    assert 0.25 <= at - 1.0 <= 0.3 + 0.15
    assert start.since <= 1.0 - 0.2
    assert not more, "its words were heard, so nothing goes on"


def test_a_cough_does_not_stop_it() -> None:
    assert decide(Caller().pauses(0.5).coughs().pauses(0.3).coughs().coughs().pauses(2)) == []


def test_a_long_noise_without_the_pitch_of_a_voice_does_not() -> None:
    assert decide(Caller().sound(1.5, probability=0.9, pitch=0.3).pauses(1)) == []


def test_two_short_sounds_apart_do_not() -> None:
    caller = Caller().sound(0.16).pauses(0.6).sound(0.16).pauses(0.6).sound(0.16).pauses(1)
    assert decide(caller) == []


def test_the_echo_of_our_own_voice_does_not() -> None:
    assert decide(Caller().sound(5.0), echo=0.7) == []


def test_a_television_does_not() -> None:
    assert decide(Caller().sound(5.0, level=-47)) == []


def test_a_quiet_caller_who_is_known_does() -> None:
    barge_in = BargeIn()
    nearness = barge_in.nearness
    for window in [Voiced(n * 0.032, 0.032, 0.9, -45) for n in range(30)]:
        nearness.hear(window)
    nearness.turn_over(had_words=True)
    assert decide(Caller().says("你等等", level=-46), barge_in)


def test_a_short_word_is_enough_once_the_recogniser_has_it() -> None:
    caller = Caller().says("停", 0.18).pauses(0.1)
    assert [type(what) for _, what in decide(caller)] == [Start]


def test_a_listener_who_murmurs_is_not_taken_for_a_speaker() -> None:
    assert decide(Caller().says("嗯", 0.2).pauses(1).says("哦", 0.2).pauses(1)) == []


def test_after_a_murmur_that_stopped_the_voice_it_goes_on() -> None:
    caller = Caller().says("嗯嗯", 0.5).pauses(3.0)
    (stopped, start), (resumed, resume) = decide(caller)
    assert isinstance(start, Start)
    assert isinstance(resume, Resume)
    assert resumed - stopped == pytest.approx(1.2, abs=0.1)


@pytest.mark.parametrize(
    ("text", "expectation", "goes_on"),
    [
        ("好好", Expectation.ANYTHING, True),
        ("对对对", Expectation.ADDRESS, True),
        ("对对对", Expectation.YES_NO, False),
        ("不对", Expectation.ANYTHING, False),
        ("我", Expectation.ANYTHING, False),
    ],
)
def test_what_is_said_along_and_what_is_said_against(
    text: str, expectation: Expectation, goes_on: bool
) -> None:
    barge_in = BargeIn()
    barge_in.began()
    barge_in.expect(expectation)
    found = decide(Caller().says(text, 0.6).pauses(4.0), barge_in)
    assert [type(what) for _, what in found] == ([Start, Resume] if goes_on else [Start])


def test_a_cry_without_words_is_waited_for_no_longer_than_three_seconds() -> None:
    (stopped, _), (resumed, _) = decide(Caller().sound(9.0))
    assert resumed - stopped == pytest.approx(delays().start.mumbling, abs=0.05)


def test_alarms_and_consent_are_heard_to_the_end() -> None:
    barge_in = BargeIn()
    barge_in.began(interruptible=False)
    ((_, start),) = decide(Caller().says("我知道了我知道了").pauses(3.0), barge_in)
    assert isinstance(start, Start)
    assert not start.stops


def test_nothing_goes_on_after_the_turn_was_taken() -> None:
    barge_in = BargeIn()
    assert decide(Caller().sound(0.5), barge_in)
    barge_in.over()
    assert barge_in.next_due() is None


def test_while_we_are_silent_nothing_is_stopped() -> None:
    assert decide(Caller().says("我要订饭").pauses(1), playing=False) == []


def test_somebody_who_is_speaking_when_we_begin_stops_us_at_once() -> None:
    barge_in = BargeIn()
    assert decide(Caller().says("我还想问一下"), barge_in, playing=False) == []
    barge_in.began()
    assert barge_in.hear(Voiced(1.5, 0.032, 0.9), True) is not None


_SOUNDS = st.lists(
    st.tuples(
        st.floats(0.03, 1.0),
        st.floats(0, 1),
        st.floats(0, 1),
        st.floats(-70, -10),
        st.floats(0.0, 0.8),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=40)
@given(sounds=_SOUNDS, interruptible=st.booleans())
def test_stops_and_resumes_come_by_turns(
    sounds: list[tuple[float, float, float, float, float]], interruptible: bool
) -> None:
    """Whatever is heard: no resume without a stop before it, and none twice."""
    caller = Caller()
    for seconds, probability, pitch, level, pause in sounds:
        caller.sound(seconds, probability, pitch, level).pauses(pause)
    barge_in = BargeIn()
    barge_in.began(interruptible=interruptible)
    stopped = False
    for at, what in decide(caller.pauses(4.0), barge_in):
        if isinstance(what, Resume):
            assert stopped, "nothing was stopped"
            stopped = False
        else:
            assert what.stops is interruptible
            assert what.since < at
            stopped = stopped or what.stops
    assert not stopped, "our voice stays away for ever though nobody said a word"
