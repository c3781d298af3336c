"""Breaking off: a caller who speaks must not be spoken over."""

import asyncio
from pathlib import Path

from evaluation.calls.phone import phone
from tests.voice.line.sip.desk import desk, run
from tests.voice.line.sip.hearing import babble, comes, level, likeness

RATE = 8_000
ALLOWED = 0.15
"""Seconds from the flush until the far end is silent."""

SHORT = "jitter_buffer_delay 1-2\n"
"""Frames: what the telephone holds back itself is not what is measured."""


def test_the_far_end_is_silent_at_once_and_hears_what_is_said_next(tmp_path: Path) -> None:
    long, reply = babble(5.0, 1), babble(1.0, 2)

    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone", config=SHORT) as caller:
            await caller.call(line.address, answered=False)
            leg, _ = await line.answered()
            leg.play(long)
            await asyncio.sleep(1.5)
            so_far = len(caller.heard())
            unheard = leg.flush()
            assert leg.queued == 0
            await asyncio.sleep(0.5)
            after = caller.heard()[so_far:]
            assert len(after) > 0.3 * RATE
            assert level(caller.heard()[so_far - RATE // 5 : so_far]) > 500
            assert level(after[round(ALLOWED * RATE) :]) < 50
            assert 3.0 < unheard < 4.5
            assert likeness(caller.heard(), long[: round((4.9 - unheard) * RATE)]) > 0.9

            # What is said in the moment after a flush isn't lost with what was flushed.
            leg.play(long)
            await asyncio.sleep(0.5)
            leg.flush()
            leg.play(reply)
            assert await comes(caller.heard, reply)

    run(story())


def test_an_event_loop_that_stumbles_is_no_gap_for_the_caller(tmp_path: Path) -> None:
    import time

    said = babble(2.0, 3)

    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone") as caller:
            await caller.call(line.address, answered=False)
            leg, _ = await line.answered()
            leg.play(said)
            for _ in range(20):
                await asyncio.sleep(0.05)
                time.sleep(0.06)  # what nobody should do, and somebody will
            assert await comes(caller.heard, said)

    run(story())
