"""From frames to sounds, and from a growing sound file to frames."""

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.calls.spans import Span, loud_since, spans
from benchmarks.calls.track import FRAME, Track
from tests.benchmarks.calls.examples import frames

HEAD = b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
HEAD += b"data\xff\xff\xff\xff"


def test_a_pause_between_words_ends_no_sound() -> None:
    heard = frames((1.0, 2.0), (2.2, 3.0), (3.5, 4.0), until=5.0)
    first, second = spans(heard.times, heard.loud)
    assert abs(first.start - 1.02) < 0.001
    assert abs(first.end - 3.0) < 0.001
    assert abs(second.start - 3.52) < 0.001


def test_nothing_was_heard() -> None:
    heard = frames(until=1.0)
    assert spans(heard.times, heard.loud) == []
    assert loud_since(heard.times, heard.loud, 0.0) == []


@given(st.lists(st.booleans(), max_size=200), st.floats(0.05, 1.0))
def test_every_loud_frame_is_in_one_sound_and_sounds_lie_apart(
    loud: list[bool], breath: float
) -> None:
    times = [number * FRAME for number in range(len(loud))]
    found = spans(times, loud, breath)
    for at, speaks in zip(times, loud, strict=True):
        if speaks:
            assert sum(span.start <= at <= span.end for span in found) == 1
    assert all(later.start - earlier.end > breath for earlier, later in pairwise(found))
    assert all(isinstance(span, Span) and span.start <= span.end for span in found)


class Clock:
    """Goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _sound(level: int, count: int) -> bytes:
    return np.full(160 * count, level, "<i2").tobytes()


def test_a_growing_file_is_read_as_it_grows(tmp_path: Path) -> None:
    path, clock = tmp_path / "dump.wav", Clock()
    path.write_bytes(HEAD[:20])
    track = Track(path, clock)
    track.look()
    assert track.times == []
    with path.open("ab") as file:
        file.write(HEAD[20:] + _sound(8, 1))
        file.flush()
        clock.now = 100.02
        track.look()
        assert track.loud == [False]
        file.write(_sound(3000, 1) + _sound(3000, 1)[:100])
        file.flush()
        clock.now = 100.04
        track.look()
        assert track.loud == [False, True]
        file.write(_sound(3000, 1)[100:])
        file.flush()
        clock.now = 100.06
        track.look()
    track.close()
    assert track.loud == [False, True, True]
    assert track.times == [100.02, 100.04, 100.06]
    assert track.sounds.found == [Span(100.04, 100.06)]


def test_frames_that_came_between_two_looks_came_one_after_the_other(tmp_path: Path) -> None:
    path, clock = tmp_path / "dump.wav", Clock()
    path.write_bytes(HEAD)
    track = Track(path, clock)
    track.look()
    clock.now = 100.05
    with path.open("ab") as file:
        file.write(_sound(3000, 5))
    track.look()
    track.close()
    # Five frames last 0.1 s, but the look before found none of them: they came at once then.
    assert [round(at, 2) for at in track.times] == [100.0, 100.0, 100.01, 100.03, 100.05]
