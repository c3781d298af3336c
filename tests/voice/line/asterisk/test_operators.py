"""Callers who are handed to an operator, and calls of our own, through a real Asterisk."""

import asyncio
from pathlib import Path

import pytest

from evaluation.calls.phone import phone
from tests.voice.line.asterisk.centre import came_back, centre
from tests.voice.line.listening import Listener, run, soon, state
from tests.voice.line.sounds import GOOD, babble, likeness
from voice.line.leg import DialError, Ended, Failed, LegState, TransferError

pytestmark = pytest.mark.asterisk

BOTH = pytest.mark.parametrize("audiosocket", [False, True], ids=["ari", "audiosocket"])


@BOTH
def test_is_handed_on_and_comes_back(tmp_path: Path, audiosocket: bool) -> None:
    async def story() -> None:
        async with (
            centre(tmp_path, audiosocket=audiosocket) as here,
            phone(tmp_path / "operator") as operator,
        ):
            leg = await here.rings()
            listener = Listener(leg)
            await leg.answer()
            handing = asyncio.create_task(leg.transfer(operator.address))
            await operator.pick_up()
            await handing
            assert (await listener.ended()).why is Ended.MOVED
            await operator.say(babble(1.5, 1), 8000)
            await here.caller.say(babble(1.5, 2), 8000)
            await soon(lambda: likeness(here.caller.heard(), babble(1.5, 1)) > GOOD)
            await soon(lambda: likeness(operator.heard(), babble(1.5, 2)) > GOOD)
            await operator.hang_up()
            back = await here.calls.next()
            assert came_back(back)
            again = Listener(back)
            await back.answer()
            back.play(babble(1.0, 3))
            await soon(lambda: likeness(here.caller.heard(), babble(1.0, 3)) > GOOD)
            await here.caller.hang_up()
            assert (await again.ended()).why is Ended.THEY_HUNG_UP

    run(story(), 180)


@BOTH
def test_an_operator_who_does_not_come(tmp_path: Path, audiosocket: bool) -> None:
    async def story() -> None:
        async with (
            centre(tmp_path, audiosocket=audiosocket) as here,
            phone(tmp_path / "operator") as operator,
        ):
            leg = await here.rings()
            await leg.answer()
            with pytest.raises(TransferError) as late:
                await leg.transfer(operator.address, timeout=2)
            assert late.value.why is Failed.NO_ANSWER
            await operator.until("CALL_CLOSED")
            seen = len(operator.events)
            handing = asyncio.create_task(leg.transfer(operator.address))
            await operator.until("CALL_INCOMING", seen=seen)
            await operator.hang_up()
            with pytest.raises(TransferError) as busy:
                await handing
            assert busy.value.why is Failed.BUSY
            with pytest.raises(TransferError) as unknown:
                await leg.transfer("nobody")
            assert unknown.value.why is Failed.UNREACHABLE
            assert state(leg) is LegState.UP
            leg.play(babble(1.0, 1))
            await soon(lambda: likeness(here.caller.heard(), babble(1.0, 1)) > GOOD)

    run(story(), 180)


def test_the_caller_leaves_while_the_operator_rings(tmp_path: Path) -> None:
    async def story() -> None:
        async with centre(tmp_path) as here, phone(tmp_path / "operator") as operator:
            leg = await here.rings()
            listener = Listener(leg)
            await leg.answer()
            handing = asyncio.create_task(leg.transfer(operator.address))
            await operator.until("CALL_INCOMING")
            await here.caller.hang_up()
            with pytest.raises(TransferError):
                await handing
            assert (await listener.ended()).why is Ended.THEY_HUNG_UP
            await operator.until("CALL_CLOSED")  # it doesn't ring on

    run(story(), 120)


def test_the_caller_leaves_the_operator(tmp_path: Path) -> None:
    async def story() -> None:
        async with centre(tmp_path) as here, phone(tmp_path / "operator") as operator:
            leg = await here.rings()
            await leg.answer()
            handing = asyncio.create_task(leg.transfer(operator.address))
            await operator.pick_up()
            await handing
            await here.caller.hang_up()
            await operator.until("CALL_CLOSED")
            assert here.calls.none

    run(story(), 120)


def test_we_call_somebody(tmp_path: Path) -> None:
    async def story() -> None:
        async with centre(tmp_path) as here, phone(tmp_path / "elder") as elder:
            dialling = asyncio.create_task(here.line.dial(elder.address))
            await elder.pick_up()
            leg = await dialling
            assert state(leg) is LegState.UP
            listener = Listener(leg)
            leg.play(babble(1.5, 1))
            await elder.say(babble(1.5, 2), 8000)
            await soon(lambda: likeness(elder.heard(), babble(1.5, 1)) > GOOD)
            await soon(lambda: likeness(listener.heard, babble(1.5, 2)) > GOOD)
            await leg.hang_up()
            await elder.until("CALL_CLOSED")

    run(story(), 120)


def test_nobody_comes_to_the_phone(tmp_path: Path) -> None:
    async def story() -> None:
        async with centre(tmp_path) as here, phone(tmp_path / "elder") as elder:
            with pytest.raises(DialError) as late:
                await here.line.dial(elder.address, timeout=2)
            assert late.value.why is Failed.NO_ANSWER
            seen = len(elder.events)
            dialling = asyncio.create_task(here.line.dial(elder.address))
            await elder.until("CALL_INCOMING", seen=seen)
            await elder.hang_up()
            with pytest.raises(DialError) as busy:
                await dialling
            assert busy.value.why is Failed.BUSY
            with pytest.raises(DialError) as unknown:
                await here.line.dial("nobody")
            assert unknown.value.why is Failed.UNREACHABLE
            seen = len(elder.events)
            dialling = asyncio.create_task(here.line.dial(elder.address))
            await elder.until("CALL_INCOMING", seen=seen)
            dialling.cancel()
            await elder.until("CALL_CLOSED", seen=seen)

    run(story(), 120)
