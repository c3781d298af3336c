"""What comes back of our own voice when it has just ended."""

import asyncio
from pathlib import Path

import numpy as np
import soundfile

from tests.voice.call.exchange import FakeEars
from voice.audio.pcm import Samples, to_int16
from voice.audio.resampling import resample
from voice.call.books import NoTape
from voice.call.events import Event, Sounded
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
