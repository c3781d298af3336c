"""What comes back of our own voice when it has just ended, and what is heard when ears break."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.voice.call.exchange import FakeEars
from voice.audio.pcm import Samples, to_int16
from voice.audio.resampling import resample
from voice.call.books import NoTape
from voice.call.events import EarsFailed, Event, Sounded, TurnHeard
from voice.call.floor import Floor
from voice.call.hearing import SoundIn
from voice.call.sent import Sent
from voice.line.leg import Pcm16
from voice.turn.echo import LONGEST
from voice.turn.voiced import Voiced

SPEECH = Path(__file__).parents[1] / "recognition" / "recordings" / "which_services.flac"
RATE = 8_000
FRAME = round(0.02 * RATE)
SAID, LATER = 1.8, 0.3
"""Seconds that we talk, and after which it comes back."""


class Breaking(FakeEars):
    """Breaks after so much sound, in the middle of it or at the end of the turn."""

    def __init__(self, after: int, *, at_end: bool = False) -> None:
        super().__init__([], lambda text: None)
        self.given: list[Samples] = []
        self._after, self._at_end = after, at_end

    def push(self, samples: Samples) -> None:
        self.given.append(samples)
        if not self._at_end and sum(map(len, self.given)) >= self._after:
            raise RuntimeError("broken on purpose")

    async def finish(self) -> tuple[str, float]:
        if self._at_end:
            raise RuntimeError("broken on purpose")
        return f"{sum(map(len, self.given)) / RATE:.2f}", 0.9


class Listening(FakeEars):
    """Keeps what it was given to recognise."""

    def __init__(self) -> None:
        super().__init__([], lambda text: None)
        self.given: list[Samples] = []

    def push(self, samples: Samples) -> None:
        self.given.append(samples)


def test_an_echo_is_known_for_what_it_is_until_it_has_died_away() -> None:
    samples, rate = soundfile.read(SPEECH, dtype="float32")
    ours = to_int16(resample(samples, rate, RATE))[: round(SAID * RATE)]
    rest = np.zeros(round(1.5 * RATE), np.int16)
    late = np.zeros(round(LATER * RATE), np.int16)
    echo = np.concatenate([late, ours // 4, rest])[: len(ours) + len(rest)]
    after, given = asyncio.run(_hear(ours, echo))
    # While it still comes back, everything is compared; later nothing is, and nothing costs time.
    comes_back = [each for each in after if each.voiced.end < SAID + LATER]
    assert any(each.voiced.is_speech(goes_on=True) for each in comes_back)
    assert all(
        each.echo is not None and each.echo > 0.5
        for each in comes_back
        if each.voiced.is_speech(goes_on=True)
    )
    assert all(each.echo is None for each in after if each.voiced.start > SAID + LONGEST + 0.1)
    # Nor does the recogniser hear it.
    end = round(SAID * RATE)
    assert np.abs(given[end:]).mean() < 0.1 * np.abs(echo[end:] / 32768).mean()


@pytest.mark.parametrize("at_end", [False, True])
@pytest.mark.parametrize(("broken", "heard"), [(1, "2.00"), (2, None)])
def test_what_broken_ears_had_not_told_is_heard_again_by_others(
    at_end: bool, broken: int, heard: str | None
) -> None:
    ears = [Breaking(RATE, at_end=at_end) for _ in range(broken)] + [Breaking(9 * RATE)]

    async def story() -> list[Event]:
        told, unused = list[Event](), list(ears)
        hearing = _listening(lambda: unused.pop(0), told)
        for _ in range(100):
            hearing.take(np.full(FRAME, 3_000, np.int16))
        await hearing.end_turn()
        return [each for each in told if not isinstance(each, Sounded)]

    # Once: the sound itself may be what breaks them. Then the caller is asked to say it again.
    told = asyncio.run(story())
    if heard is not None:
        assert told == [TurnHeard(heard, 0.9)]
    else:
        assert EarsFailed() in told


def _listening(make_ears: Callable[[], Breaking], told: list[Event]) -> SoundIn:
    return SoundIn(
        RATE,
        lambda hear: make_ears(),
        told.append,
        clock=lambda: 100.0,
        tape=NoTape(),
        sent=Sent(RATE),
        queued=lambda: 0.0,
        sparing=lambda: False,
    )


async def _hear(ours: Pcm16, comes_in: Pcm16) -> tuple[list[Sounded], Samples]:
    """What was judged after our last sound, and all that the recogniser was given."""
    now, told, ears = 0.0, list[Event](), Listening()
    sent = Sent(RATE)
    sent.given(ours)
    hearing = SoundIn(
        RATE,
        lambda hear: ears,
        told.append,
        clock=lambda: now,
        tape=NoTape(),
        sent=sent,
        queued=lambda: max(0.0, len(ours) / RATE - now),
        sparing=lambda: False,
    )
    for start in range(0, len(comes_in), FRAME):
        now = (start + FRAME) / RATE
        hearing.take(comes_in[start : start + FRAME])
    sounded = [each for each in told if isinstance(each, Sounded)]
    return [each for each in sounded if each.voiced.start >= SAID], np.concatenate(ears.given)


def test_the_echo_of_our_last_syllable_is_no_beginning_of_an_answer() -> None:
    def answered(echo: float | None) -> bool:
        floor = Floor()
        floor.we_talk(interruptible=True)
        for place in range(8):
            floor.hear(Voiced(1.0 + place * 0.032, 0.032, 0.9), echo, 1.0 + place * 0.032)
        floor.we_are_silent(1.26)
        return floor.taken

    assert answered(None)
    assert not answered(0.9)
