"""What a leg heard and what it played, on one axis of time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.calls.tape import Pcm16, Tape

RATE = 8_000
FRAME = 160
START = 100.0


def _frame(value: int, count: int = FRAME) -> Pcm16:
    return np.full(count, value, np.int16)


def _hear(tape: Tape, frames: int, begin: float = START, value: int = 1) -> float:
    """20 ms each, the first complete 20 ms after `begin`; gives when the last came in."""
    for count in range(1, frames + 1):
        tape.heard(_frame(value), begin + count * 0.02)
    return begin + frames * 0.02


def _all(tape: Tape) -> tuple[Pcm16, Pcm16]:
    pair = tape.take()
    assert pair is not None
    return pair


def test_what_is_played_lies_beside_what_is_heard_meanwhile() -> None:
    tape = Tape(RATE, START)
    now = _hear(tape, 10)
    tape.played(_frame(7, 400), now)
    _hear(tape, 10, now)
    heard, played = _all(tape)
    assert heard.tolist() == [1] * 3_200
    assert played.tolist() == [0] * 1_600 + [7] * 400 + [0] * 1_200


def test_what_was_flushed_was_never_heard() -> None:
    tape = Tape(RATE, START)
    tape.played(_frame(7, 8_000), START)
    now = _hear(tape, 5)
    tape.flushed(now)
    tape.played(_frame(9, 160), now)
    _hear(tape, 5, now)
    assert _all(tape)[1].tolist() == [7] * 800 + [9] * 160 + [0] * 640


def test_without_sound_from_outside_time_goes_on() -> None:
    tape = Tape(RATE, START)
    tape.played(_frame(7, 8_000), START)
    _hear(tape, 1, START + 2.0)
    heard, played = _all(tape)
    assert heard.tolist() == [0] * 16_000 + [1] * 160
    assert played.tolist() == [7] * 8_000 + [0] * 8_160


def test_a_flush_while_nothing_comes_in_cuts_where_it_was() -> None:
    tape = Tape(RATE, START)
    tape.played(_frame(7, 16_000), START)
    tape.flushed(START + 1.0)
    tape.end(START + 2.0)
    assert _all(tape)[1].tolist() == [7] * 8_000 + [0] * 8_000


def test_jitter_puts_no_silence_in() -> None:
    tape = Tape(RATE, START)
    for now in (0.02, 0.45, 0.45, 0.46, 0.47, 0.5):
        tape.heard(_frame(1), START + now)
    assert _all(tape)[0].tolist() == [1] * 6 * FRAME


def test_only_what_is_long_enough_is_given() -> None:
    tape = Tape(RATE, START)
    assert tape.take() is None
    _hear(tape, 9)
    assert tape.take(0.2) is None
    tape.heard(_frame(1), START + 0.2)
    pair = tape.take(0.2)
    assert pair is not None
    assert len(pair[0]) == 1_600
    assert tape.take() is None


def test_a_frame_may_be_used_again_by_its_giver() -> None:
    tape, frame = Tape(RATE, START), _frame(5)
    tape.heard(frame, START + 0.02)
    frame[:] = 0
    assert _all(tape)[0].tolist() == [5] * FRAME


@pytest.mark.parametrize("wrong", [np.zeros(160, np.float32), np.zeros((160, 1), np.int16)])
def test_other_samples_are_refused(wrong: Pcm16) -> None:
    with pytest.raises(ValueError, match=r"expected int16 samples of shape \(n,\)"):
        Tape(RATE, START).heard(wrong, START)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heard", "played", "flushed"]),
            st.integers(0, 900),
            st.floats(0, 3),
        ),
        max_size=40,
    )
)
def test_both_tracks_are_always_equally_long_and_no_heard_sample_is_lost(
    course: list[tuple[str, int, float]],
) -> None:
    tape, now = Tape(RATE, START), START
    given_, given_played = 0, 0
    parts: list[tuple[Pcm16, Pcm16]] = []
    for what, count, later in course:
        now += later
        if what == "heard":
            tape.heard(_frame(1, count), now)
            given_ += count
        elif what == "played":
            tape.played(_frame(2, count), now)
            given_played += count
        else:
            tape.flushed(now)
        if pair := tape.take(0.2):
            parts.append(pair)
    tape.end(now)
    if pair := tape.take():
        parts.append(pair)
    assert all(len(heard) == len(played) for heard, played in parts)
    assert sum(int(heard.sum()) for heard, _ in parts) == given_
    assert sum(int(played.sum()) for _, played in parts) <= 2 * given_played
    assert sum(len(heard) for heard, _ in parts) >= int((now - START) * RATE) - 1
