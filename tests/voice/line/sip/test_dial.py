"""Calling out: what becomes of it is told apart."""

import asyncio
from pathlib import Path

import pytest

from evaluation.calls.phone import phone
from evaluation.system import free_port
from tests.voice.line.sip.desk import Ear, desk, run
from tests.voice.line.sip.hearing import babble, comes
from voice.line.leg import DialError, Ended, Failed, LegState


def test_somebody_picks_up(tmp_path: Path) -> None:
    ours, theirs = babble(1.0, 1), babble(1.0, 2)

    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone") as elder:
            dialled = asyncio.create_task(line.line.dial(elder.address))
            await elder.pick_up()
            leg = await dialled
            ear = Ear(leg)
            assert leg.state is LegState.UP
            assert leg.caller == "12349"
            leg.play(ours)
            await elder.say(theirs, leg.rate)
            assert await comes(elder.heard, ours)
            assert await comes(lambda: ear.heard, theirs)
            await leg.hang_up()
            await elder.until("CALL_CLOSED")
            assert (await ear.ended()).why is Ended.WE_HUNG_UP

    run(story())


def test_busy_and_no_answer_and_a_dial_that_is_given_up(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone") as elder:
            dialled = asyncio.create_task(line.line.dial(elder.address))
            await elder.until("CALL_INCOMING")
            await elder.hang_up()
            with pytest.raises(DialError) as told:
                await dialled
            assert told.value.why is Failed.BUSY

            seen = len(elder.events)
            with pytest.raises(DialError) as told:
                await line.line.dial(elder.address, timeout=1.0)
            assert told.value.why is Failed.NO_ANSWER
            await elder.until("CALL_CLOSED", seen=seen)

            seen = len(elder.events)
            dialled = asyncio.create_task(line.line.dial(elder.address))
            await elder.until("CALL_INCOMING", seen=seen)
            dialled.cancel()
            with pytest.raises(asyncio.CancelledError):
                await dialled
            await elder.until("CALL_CLOSED", seen=seen)

    run(story())


def test_what_can_not_be_reached() -> None:
    nobody = f"sip:elder@127.0.0.1:{free_port()}"

    async def story() -> None:
        async with desk() as line:
            for target in (nobody, "sip:elder@nowhere.invalid", "13800138000", "anna", ""):
                with pytest.raises(DialError) as told:
                    await line.line.dial(target, timeout=1.0)
                assert told.value.why is Failed.UNREACHABLE, target

    run(story())
