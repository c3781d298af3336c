"""Calls by sipp: who calls, and many at the same time."""

import asyncio
from pathlib import Path

import pytest

from tests.voice.line.sip.desk import Ear, desk, run
from tests.voice.line.sip.hearing import babble, likeness
from tests.voice.line.sip.sipp import sipp
from voice.line.leg import Ended

CALLS = 30


@pytest.mark.parametrize(
    ("scenario", "caller"), [("asserted", "+8613800138000"), ("withheld", None)]
)
def test_who_calls(tmp_path: Path, scenario: str, caller: str | None) -> None:
    async def story() -> None:
        async with desk() as line:
            calling = asyncio.create_task(sipp(scenario, line.port, tmp_path))
            leg, ear = await line.answered()
            assert leg.caller == caller
            assert leg.called == "12349"
            assert (await ear.ended()).why is Ended.THEY_HUNG_UP
            await calling

    run(story())


def test_thirty_callers_at_the_same_time_each_hear_their_own_answer(tmp_path: Path) -> None:
    said = [babble(2.0, seed) for seed in range(CALLS)]

    async def story() -> None:
        async with desk() as line:
            calling = asyncio.create_task(
                sipp("talk", line.port, tmp_path, calls=CALLS, rate=15, echo=True)
            )
            ears: dict[int, Ear] = {}

            async def answer(number: int) -> None:
                leg, ear = await line.answered()
                ears[number] = ear
                leg.play(said[number])

            await asyncio.gather(*(answer(number) for number in range(CALLS)))
            assert len({leg.id for leg in line.rung}) == CALLS
            assert len({leg.caller for leg in line.rung}) == CALLS
            ends = await asyncio.gather(*(ear.ended() for ear in ears.values()))
            assert {end.why for end in ends} == {Ended.THEY_HUNG_UP}
            await calling
            # Each caller sends back what it hears, so this is the way there and back.
            pairs = list(ears.items())
            assert min(likeness(ear.heard, said[number]) for number, ear in pairs) > 0.7
            assert max(likeness(ear.heard, said[number - 1]) for number, ear in pairs) < 0.4

    run(story(), 90)
