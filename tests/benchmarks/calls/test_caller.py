"""A real telephone calls a line that answers after a known time: the benchmark measures that."""

import asyncio
import time
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from benchmarks.calls.caller import Recorded, call
from benchmarks.calls.dialogues import Kind, Turn
from benchmarks.calls.turns import turns
from evaluation.calls.phone import Pcm16
from evaluation.calls.voices import CallersVoice
from evaluation.system import free_port
from voice.line.leg import CallLeg, Gone, Sound
from voice.line.sip.line import SipLine
from voice.line.sip.settings import SipSettings

DELAY = 0.3
"""Seconds of silence after which the line answers."""
ON_THE_WAY = (0.03, 0.25)
"""Seconds that sound takes there and back, with the line's own buffer."""
LOUD = 300


class _Voice:
    """Says everything in one second of noise."""

    def get(self, text: str) -> Pcm16:
        return _noise(1.0)


def _noise(seconds: float) -> Pcm16:
    noise = np.random.default_rng(7).standard_normal(round(seconds * 8000)) * 4000
    return noise.astype(np.int16)


async def _serve(leg: CallLeg) -> None:
    """Greets; answers after each sentence, and is silent as soon as it is interrupted."""
    await leg.answer()
    leg.play(_noise(1.0))
    spoke, quiet = False, 0.0
    async for event in leg.events():
        if isinstance(event, Gone):
            return
        if not isinstance(event, Sound):
            continue
        if np.abs(event.samples.astype(np.float64)).mean() > LOUD:
            spoke, quiet = True, 0.0
            leg.flush()
        quiet += len(event.samples) / leg.rate
        if spoke and quiet > DELAY:
            spoke = False
            leg.play(_noise(4.0))


async def _called(folder: Path) -> Recorded | None:
    port, tasks = free_port(), set[asyncio.Task[None]]()
    line = SipLine(SipSettings(port=port))
    await line.start(lambda leg: tasks.add(asyncio.create_task(_serve(leg))))
    try:
        talk = (
            Turn(text="我要订饭", kind=Kind.REQUEST),
            Turn(text="明天中午", kind=Kind.ANSWER, interrupts=1.0),
        )
        return await call(
            f"sip:12349@127.0.0.1:{port}",
            talk,
            cast(CallersVoice, _Voice()),
            folder,
            told=lambda: None,
            until=time.monotonic() + 30,
        )
    finally:
        await line.stop()


def test_what_is_measured_is_what_the_line_did(tmp_path: Path) -> None:
    recorded = asyncio.run(_called(tmp_path))
    assert recorded is not None
    assert recorded.failed is None
    first, second = turns(recorded, None)
    low, high = ON_THE_WAY
    for turn in (first, second):
        assert turn.first is not None
        assert DELAY + low <= turn.first <= DELAY + high
    assert first.stopped is None
    assert second.interrupts
    assert second.stopped == pytest.approx((low + high) / 2, abs=(high - low) / 2)
    assert not first.talked_into
