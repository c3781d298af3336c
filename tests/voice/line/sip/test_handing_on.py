"""A caller who gets another telephone: by REFER, and by a bridge in this process."""

import asyncio
from pathlib import Path

import pytest

from evaluation.calls.phone import phone
from evaluation.system import free_port
from tests.voice.line.sip.desk import desk, run
from tests.voice.line.sip.hearing import Pcm16, babble, comes
from voice.audio.pcm import from_int16, to_int16
from voice.audio.resampling import resample
from voice.line.leg import CallLeg, Ended, Failed, Gone, LegEvent, LegState, TransferError
from voice.line.place import Place
from voice.line.room import Room


def wide(samples: Pcm16) -> Pcm16:
    """From 8 to 16 kHz: two filters rarely delay by a whole number of samples of the lower rate."""
    return to_int16(resample(from_int16(samples), 8_000, 16_000))


def test_the_caller_is_handed_to_another_telephone(tmp_path: Path) -> None:
    async def story() -> None:
        async with (
            desk() as line,
            phone(tmp_path / "elder") as elder,
            phone(tmp_path / "operator") as operator,
        ):
            await elder.call(line.address, answered=False)
            leg, ear = await line.answered()
            await elder.until("CALL_ESTABLISHED")
            handing = asyncio.create_task(leg.transfer(operator.address))
            await operator.pick_up()
            await handing
            assert leg.state is LegState.GONE
            assert (await ear.ended()).why is Ended.MOVED
            said = babble(1.0, 1)
            await operator.say(said, 8_000)
            assert await comes(elder.heard, said)

    run(story())


def test_an_operator_who_is_busy_leaves_the_caller_with_us(tmp_path: Path) -> None:
    async def story() -> None:
        async with (
            desk() as line,
            phone(tmp_path / "elder") as elder,
            phone(tmp_path / "operator") as operator,
        ):
            await elder.call(line.address, answered=False)
            leg, _ = await line.answered()
            await elder.until("CALL_ESTABLISHED")
            handing = asyncio.create_task(leg.transfer(operator.address))
            await operator.until("CALL_INCOMING")
            await operator.hang_up()
            with pytest.raises(TransferError) as told:
                await handing
            assert told.value.why is Failed.BUSY
            assert leg.state is not LegState.GONE
            with pytest.raises(TransferError) as told:
                await leg.transfer("13800138000")  # a number, and no trunk
            assert told.value.why is Failed.UNREACHABLE
            await asyncio.sleep(0.5)
            said = babble(1.0, 1)
            leg.play(said)
            assert await comes(lambda: elder.heard(0), said)

    run(story())


def test_nobody_there_to_be_handed_to(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk() as line, phone(tmp_path / "elder") as elder:
            await elder.call(line.address, answered=False)
            leg, _ = await line.answered()
            await elder.until("CALL_ESTABLISHED")
            with pytest.raises(TransferError) as told:
                await leg.transfer(f"sip:operator@127.0.0.1:{free_port()}", timeout=1.5)
            assert told.value.why is Failed.NO_ANSWER
            assert leg.state is not LegState.GONE

    run(story())


def test_two_telephones_hear_each_other_through_us(tmp_path: Path) -> None:
    ours, theirs = babble(1.5, 1), babble(1.5, 2, 16_000)

    async def story() -> None:
        async with (
            desk() as line,
            phone(tmp_path / "elder") as elder,
            phone(tmp_path / "operator", codecs=["G722/16000/1"]) as operator,
        ):
            await elder.call(line.address, answered=False)
            leg, ear = await line.answered()
            dialled = asyncio.create_task(line.line.dial(operator.address))
            await operator.pick_up()
            other = await dialled
            assert (leg.rate, other.rate) == (8_000, 16_000)
            told: list[tuple[CallLeg, LegEvent]] = []
            ear.let_go()
            gone = asyncio.Event()

            def tell(which: CallLeg, event: LegEvent) -> None:
                told.append((which, event))
                if isinstance(event, Gone):
                    gone.set()

            room = Room(tell)
            room.add(leg, Place.CALLER)
            room.add(other, Place.OPERATOR)
            await elder.say(ours, 8_000)
            await operator.say(theirs, 16_000)
            assert await comes(operator.heard, wide(ours))
            assert await comes(lambda: wide(elder.heard()), theirs)
            await operator.hang_up()
            await asyncio.wait_for(gone.wait(), 5)
            await room.stop()
            assert told[-1] == (other, Gone(Ended.THEY_HUNG_UP))
            assert leg.state is LegState.UP
            leg.play(ours)
            assert await comes(elder.heard, ours)

    run(story())
