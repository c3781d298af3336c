from hypothesis import given, settings
from hypothesis import strategies as st

from voice.turn.silence import Silence, Step


def steps(silence: Silence, seconds: float, speech: float = 3.0) -> list[tuple[float, Step]]:
    """What comes of `seconds` in which the caller says nothing and each step takes `speech`."""
    found = []
    silence.listening(0.0)
    while (at := silence.next_due()) is not None and at <= seconds:
        assert silence.due(at - 0.01) is None
        step = silence.due(at)
        assert step is not None
        found.append((at, step))
        if step in {Step.GOODBYE, Step.PERSON}:
            break
        silence.talking()
        silence.listening(at + speech)
    return found


def test_first_the_question_then_are_you_there_then_goodbye() -> None:
    assert steps(Silence(), 60) == [
        (6.0, Step.REPEAT),
        (15.0, Step.STILL_THERE),
        (26.0, Step.GOODBYE),
    ]


def test_after_something_alarming_a_person_comes_instead() -> None:
    silence = Silence()
    silence.alarming()
    assert [step for _, step in steps(silence, 60)][-1] is Step.PERSON


def test_an_alarm_during_the_silence_counts_too() -> None:
    silence = Silence()
    assert [step for _, step in steps(silence, 16)] == [Step.REPEAT, Step.STILL_THERE]
    silence.alarming()
    assert silence.due(60.0) is Step.PERSON


def test_a_long_question_said_again_is_not_followed_at_once() -> None:
    found = steps(Silence(), 60, speech=12.0)
    assert found[1] == (6.0 + 12.0 + 5.0, Step.STILL_THERE)


def test_whoever_speaks_gets_all_the_time_again() -> None:
    silence = Silence()
    steps(silence, 16)
    silence.heard()
    assert silence.next_due() is None
    silence.listening(100.0)
    assert silence.due(105.9) is None
    assert silence.due(106.0) is Step.REPEAT


def test_whoever_asked_for_a_moment_gets_it() -> None:
    silence = Silence()
    silence.heard()
    silence.wait()
    assert [at for at, _ in steps(silence, 120)] == [40.0, 49.0, 60.0]


def test_nothing_comes_while_we_talk_or_think() -> None:
    silence = Silence()
    silence.listening(0.0)
    silence.talking()
    assert silence.due(1000.0) is None


@settings(deadline=None)
@given(speech=st.lists(st.floats(0.1, 30), min_size=3, max_size=3), alarming=st.booleans())
def test_it_always_comes_to_an_end_in_order(speech: list[float], alarming: bool) -> None:
    silence = Silence()
    if alarming:
        silence.alarming()
    now, found = 0.0, []
    for seconds in speech:
        silence.listening(now)
        at = silence.next_due()
        assert at is not None
        assert at >= now + 5.0, "nobody is hurried"
        step = silence.due(at)
        assert step is not None
        found.append(step)
        now = at + seconds
    last = Step.PERSON if alarming else Step.GOODBYE
    assert found == [Step.REPEAT, Step.STILL_THERE, last]
