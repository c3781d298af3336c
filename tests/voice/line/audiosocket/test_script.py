"""Calls that a dialplan announces: who calls, picking up, and operators."""

import asyncio

import numpy as np
import pytest

from tests.voice.line.audiosocket.dialling import Dialplan, Operator
from tests.voice.line.audiosocket.pretended import asterisk
from tests.voice.line.listening import Listener, run, state
from tests.voice.line.sounds import babble, likeness
from voice.line.audiosocket.leg import AudioSocketLeg
from voice.line.leg import CallLeg, CameBack, Ended, Failed, LegState, TransferError


def test_rings_until_it_is_answered() -> None:
    ours = babble(0.3, 1)

    async def story() -> None:
        async with asterisk() as pbx:
            dialplan = Dialplan(pbx)
            await dialplan.call("+8613912345678")
            leg = await pbx.calls.next()
            assert (leg.caller, leg.called) == ("+8613912345678", "12349")
            assert state(leg) is LegState.RINGING
            assert dialplan.commands == []
            listener = Listener(leg)
            await leg.answer()
            assert state(leg) is LegState.UP
            leg.play(ours)
            sounding = await dialplan.sounding.get()
            assert likeness(await sounding.hear(4000), ours) > 0.9999
            await leg.hang_up()
            assert (await listener.ended()).why is Ended.WE_HUNG_UP
            await dialplan.over
            assert dialplan.commands == [
                "ANSWER",
                "AudioSocket",
                "SET VARIABLE HOTLINE done",
                "HANGUP",
            ]

    run(story())


@pytest.mark.parametrize("told", ["unknown", "", "anonymous"])
def test_a_number_that_is_withheld(told: str) -> None:
    async def story() -> str | None:
        async with asterisk() as pbx:
            await Dialplan(pbx).call(told)
            return (await pbx.calls.next()).caller

    assert run(story()) is None


def test_gives_up_before_it_is_answered() -> None:
    async def story() -> None:
        async with asterisk() as pbx:
            dialplan = Dialplan(pbx)
            await dialplan.call()
            leg = await pbx.calls.next()
            listener = Listener(leg)
            dialplan.hang_up()
            assert (await listener.ended()).why is Ended.CANCELLED
            await leg.answer()
            assert state(leg) is LegState.GONE
            assert dialplan.commands == []

    run(story())


def test_is_refused_while_it_rings() -> None:
    async def story() -> list[str]:
        async with asterisk() as pbx:
            dialplan = Dialplan(pbx)
            await dialplan.call()
            await (await pbx.calls.next()).hang_up()
            await dialplan.over
            return list(dialplan.commands)

    assert run(story()) == ["SET VARIABLE HOTLINE done", "Busy"]


def test_hangs_up() -> None:
    async def story() -> None:
        async with asterisk() as pbx:
            dialplan = Dialplan(pbx)
            await dialplan.call()
            leg = await pbx.calls.next()
            listener = Listener(leg)
            await leg.answer()
            (await dialplan.sounding.get()).writer.close()
            assert (await listener.ended()).why is Ended.THEY_HUNG_UP

    run(story())


def test_broken_sound_lets_the_dialplan_call_a_person() -> None:
    async def story() -> None:
        async with asterisk() as pbx:
            dialplan = Dialplan(pbx)
            await dialplan.call()
            leg = await pbx.calls.next()
            listener = Listener(leg)
            await leg.answer()
            dialplan.alive = True
            (await dialplan.sounding.get()).writer.write(b"\x10\x00\x03abc")
            assert (await listener.ended()).why is Ended.LOST
            await dialplan.over
            assert dialplan.commands == ["ANSWER", "AudioSocket", "CHANNEL STATUS"]

    run(story())


def test_is_handed_on_and_comes_back() -> None:
    async def story() -> None:
        async with asterisk() as pbx:
            operator = Operator()
            dialplan = Dialplan(pbx, operator)
            await dialplan.call()
            leg = await pbx.calls.next()
            listener = Listener(leg)
            await leg.answer()
            await leg.transfer("operator", timeout=20)
            assert (await listener.ended()).why is Ended.MOVED
            assert dialplan.commands[-1] == "Dial PJSIP/operator,20,gmU(hotline-moved"
            operator.leaves.set()
            back = await pbx.calls.next()
            assert came_back(back)
            assert back.caller == leg.caller
            assert back.id != leg.id
            await back.answer()
            await dialplan.sounding.get()
            sounding = await dialplan.sounding.get()
            back.play(babble(0.2, 6))
            assert np.any(await sounding.hear(3200))

    run(story())


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("BUSY", Failed.BUSY),
        ("NOANSWER", Failed.NO_ANSWER),
        ("CHANUNAVAIL", Failed.UNREACHABLE),
    ],
)
def test_nobody_picks_up(status: str, why: Failed) -> None:
    ours = babble(0.3, 7)

    async def story() -> None:
        async with asterisk() as pbx:
            dialplan = Dialplan(pbx, Operator(status))
            await dialplan.call()
            leg = await pbx.calls.next()
            await leg.answer()
            with pytest.raises(TransferError) as raised:
                await leg.transfer("operator")
            assert raised.value.why is why
            assert state(leg) is LegState.UP
            assert pbx.calls.none
            leg.play(ours)
            await dialplan.sounding.get()
            again = await dialplan.sounding.get()
            assert likeness(await again.hear(4000), ours) > 0.9999

    run(story())


@pytest.mark.parametrize("target", ["", "a&PJSIP/b", "../x", "13912345678,30,g", "sip:a b@c"])
def test_nothing_odd_is_dialled(target: str) -> None:
    async def story() -> list[str]:
        async with asterisk() as pbx:
            dialplan = Dialplan(pbx)
            await dialplan.call()
            leg = await pbx.calls.next()
            await leg.answer()
            with pytest.raises(TransferError):
                await leg.transfer(target)
            assert state(leg) is LegState.UP
            return list(dialplan.commands)

    assert run(story()) == ["ANSWER", "AudioSocket"]


def test_stopping_hangs_up() -> None:
    async def story() -> None:
        async with asterisk() as pbx:
            dialplan = Dialplan(pbx)
            await dialplan.call()
            leg = await pbx.calls.next()
            listener = Listener(leg)
            await leg.answer()
            await pbx.line.stop()
            assert (await listener.ended()).why is Ended.WE_HUNG_UP
            await asyncio.wait_for(dialplan.over, 5)

    run(story())


def came_back(leg: CallLeg) -> bool:
    """Whether the caller was with an operator."""
    assert isinstance(leg, AudioSocketLeg)
    return leg.came_back is CameBack.OPERATOR
