"""One call with a real telephone: who it is, what is heard both ways, how it ends."""

import asyncio
from pathlib import Path

import pytest

from evaluation.calls.phone import phone
from tests.voice.line.sip.desk import Ear, desk, run, state
from tests.voice.line.sip.hearing import babble, comes
from voice.line.leg import Ended, LegState

WIDE = "G722/16000/1"


@pytest.mark.parametrize(("codec", "rate"), [("pcma", 8_000), ("pcmu", 8_000), (WIDE, 16_000)])
def test_both_sides_hear_each_other(tmp_path: Path, codec: str, rate: int) -> None:
    ours, theirs = babble(1.5, 1, rate), babble(1.5, 2, rate)

    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone", codecs=[codec]) as caller:
            await caller.call(line.address, answered=False)
            leg = await line.next_call()
            assert state(leg) is LegState.RINGING
            assert leg.called == "12349"
            assert leg.caller is None  # the telephone calls itself "phone"
            ear = Ear(leg)
            await leg.answer()
            assert state(leg) is LegState.UP
            assert leg.rate == rate
            leg.play(ours)
            assert 1.3 < leg.queued <= 1.5
            await caller.say(theirs, rate)
            assert await comes(lambda: ear.heard, theirs)
            assert await comes(caller.heard, ours)
            await asyncio.sleep(0.1)
            assert leg.queued == 0
            await caller.hang_up()
            assert (await ear.ended()).why is Ended.THEY_HUNG_UP
            assert state(leg) is LegState.GONE
            # All of these are too late, and nothing happens.
            leg.play(ours)
            assert leg.flush() == leg.queued == 0
            await leg.answer()
            await leg.hang_up()

    run(story())


def test_over_tcp(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone") as caller:
            await caller.call(f"{line.address};transport=tcp", answered=False)
            _, ear = await line.answered()
            await caller.until("CALL_ESTABLISHED")
            await caller.hang_up()
            assert (await ear.ended()).why is Ended.THEY_HUNG_UP

    run(story())


def test_we_hang_up(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone") as caller:
            await caller.call(line.address, answered=False)
            leg, ear = await line.answered()
            await caller.until("CALL_ESTABLISHED")
            await leg.hang_up()
            assert state(leg) is LegState.GONE
            await caller.until("CALL_CLOSED")
            assert (await ear.ended()).why is Ended.WE_HUNG_UP

    run(story())


def test_the_caller_gives_up_while_it_rings(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone") as caller:
            await caller.call(line.address, answered=False)
            leg = await line.next_call()
            ear = Ear(leg)
            await caller.until("CALL_RINGING")
            await caller.hang_up()
            assert (await ear.ended()).why is Ended.CANCELLED
            await leg.answer()
            assert state(leg) is LegState.GONE

    run(story())


def test_we_refuse_while_it_rings(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone") as caller:
            await caller.call(line.address, answered=False)
            leg = await line.next_call()
            ear = Ear(leg)
            await leg.hang_up()
            assert (await caller.until("CALL_CLOSED"))["param"].startswith("486")
            assert (await ear.ended()).why is Ended.WE_HUNG_UP

    run(story())


def test_a_line_that_stops_hangs_up_and_can_start_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with phone(tmp_path / "phone") as caller:
            for times in (1, 2):
                async with desk() as line:
                    seen = len(caller.events)
                    await caller.call(line.address, answered=False)
                    _, ear = await line.answered()
                    await caller.until("CALL_ESTABLISHED", seen=seen)
                assert (await ear.ended()).why is Ended.WE_HUNG_UP, times
                await caller.until("CALL_CLOSED", seen=seen)

    run(story())
