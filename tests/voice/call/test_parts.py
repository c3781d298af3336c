"""Small parts of a call: admission, what picked up, what was said about the call, what was sent."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.data_files import DATA
from voice.call.about_call import AboutCall
from voice.call.admission import Admission
from voice.call.events import Admitted, Queued, TurnedAway
from voice.call.machine import Listener, Other
from voice.call.prompts import load_call_prompts
from voice.call.sent import Sent
from voice.call.track import Track
from voice.turn.voiced import Voiced

WINDOW = 0.032


def test_above_the_limit_callers_wait_and_beyond_the_queue_they_are_turned_away() -> None:
    admission = Admission(limit=1, longest_queue=1)
    assert admission.arrive("a") == [("a", Admitted())]
    assert admission.arrive("b") == [("b", Queued(1))]
    assert admission.arrive("c") == [("c", TurnedAway())]
    assert admission.arrive("e") == [("e", TurnedAway())]
    assert admission.get_through("e") == [("e", Admitted())]
    assert admission.leave("e") == []
    assert admission.leave("a") == [("b", Admitted())]


def test_who_gets_through_leaves_the_queue_to_the_others() -> None:
    admission = Admission(limit=1, longest_queue=5)
    for call in "abcd":
        admission.arrive(call)
    assert admission.get_through("c") == [("c", Admitted()), ("d", Queued(2))]
    assert admission.talking == 2
    assert admission.leave("a") == []
    assert admission.leave("c") == [("b", Admitted()), ("d", Queued(1))]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("+-!"), st.integers(0, 9)), max_size=40))
def test_the_queue_is_served_in_turn_and_nobody_is_forgotten(moves: list[tuple[str, int]]) -> None:
    admission = Admission(limit=2, longest_queue=3)
    here: dict[str, object] = {}
    for number, (move, which) in enumerate(moves):
        call = f"{number}" if move == "+" else next(iter(sorted(here)[which : which + 1]), "none")
        told = {
            "+": admission.arrive,
            "-": admission.leave,
            "!": admission.get_through,
        }[move](call)
        if move == "-":
            here.pop(call, None)
        here |= dict(told)
        here = {key: state for key, state in here.items() if not isinstance(state, TurnedAway)}
        places = sorted(s.position for s in here.values() if isinstance(s, Queued))
        assert places == list(range(1, len(places) + 1))
        assert admission.waiting == len(places)
        assert admission.talking == sum(isinstance(s, Admitted) for s in here.values())
        assert not places or admission.talking >= 2


def test_a_line_needs_room_for_a_call() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Admission(limit=0, longest_queue=1)


def _verdict(*spans: tuple[float, float, float]) -> tuple[Other | None, float]:
    """Of (seconds, probability, pitch); the verdict and when it came."""
    listener, at = Listener(), 0.0
    for seconds, probability, pitch in spans:
        for _ in range(round(seconds / WINDOW)):
            listener.hear(Voiced(at, WINDOW, probability, -20.0 if pitch else -80.0, pitch))
            at += WINDOW
            verdict = listener.verdict(at)
            if verdict is not None:
                return verdict, at
    return None, at


def test_a_short_word_and_a_pause_is_a_person() -> None:
    verdict, at = _verdict((1.0, 0.0, 0.0), (0.6, 0.9, 0.8), (2.0, 0.0, 0.0))
    assert verdict is Other.PERSON
    assert at < 3.0


def test_who_picks_up_and_says_nothing_is_spoken_to() -> None:
    verdict, at = _verdict((5.0, 0.0, 0.0))
    assert verdict is Other.PERSON
    assert at == pytest.approx(2.5, abs=0.1)


def test_a_long_announcement_is_a_machine_and_is_heard_out() -> None:
    verdict, at = _verdict(
        (0.5, 0.0, 0.0), (3.0, 0.9, 0.8), (0.4, 0.1, 0.0), (3.0, 0.9, 0.8), (2.0, 0.0, 0.0)
    )
    assert verdict is Other.MACHINE
    assert at > 6.9


def test_a_beep_is_a_machine() -> None:
    verdict, _ = _verdict((0.5, 0.0, 0.0), (2.0, 0.9, 0.8), (0.4, 0.0, 0.0), (0.4, 0.1, 0.98))
    assert verdict is Other.MACHINE


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("不同意录音", ""),
        ("我不想录音啊", ""),
        ("别录音,我想订午饭", "我想订午饭"),
        ("可以录音", None),
        ("录音吧", None),
    ],
)
def test_refusing_to_be_recorded(said: str, left: str | None) -> None:
    assert AboutCall.load(DATA).without_refusal(said) == left


@pytest.mark.parametrize(
    ("said", "leaves"),
    [("好的,再见", True), ("那就先这样啊", True), ("再见之前我再问一句补贴的事", False)],
)
def test_saying_goodbye(said: str, leaves: bool) -> None:
    assert AboutCall.load(DATA).says_goodbye(said) is leaves


def test_every_prompt_takes_the_values_it_is_given() -> None:
    prompts = load_call_prompts(DATA)
    assert prompts.greeting_named.format(name="王桂兰").startswith("王桂兰")
    assert "3" in prompts.queue.format(position=3)
    said = list(prompts.texts())
    assert prompts.farewell in said
    assert prompts.greeting not in said, "it has a pace of its own"
    assert prompts.silence_note not in said, "it is written down, not said"


def test_what_went_out_last_is_known() -> None:
    sent = Sent(8000)
    sent.given(np.arange(1, 801, dtype=np.int16))
    assert sent.last(160, queued=0.09)[-1] == pytest.approx(80 / 32768)
    assert sent.last(160, queued=0.05)[-1] == pytest.approx(400 / 32768)
    sent.flushed(0.05)
    assert not sent.last(160, queued=0.0).any()


def test_an_utterance_goes_on_from_any_second() -> None:
    pieces = [np.full(800, value, np.float32) for value in (0.1, 0.2, 0.3)]
    track = Track(1, iter(pieces), 8000)
    assert track.piece(0) is not None
    rest = [track.rest(place, 0.15) for place in range(4)]
    assert [len(each) if each is not None else None for each in rest] == [0, 400, 800, None]
    assert track.starts == pytest.approx([0.0, 0.1, 0.2])
