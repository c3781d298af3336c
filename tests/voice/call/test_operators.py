"""Operators at telephones: who of them gets the caller."""

import asyncio
from typing import Any

import pytest

from tests.voice.call.fake_leg import FakeLeg, FakeLine
from tests.voice.call.virtual_loop import run
from voice.call.operators import TIMEOUT, PhoneOperators
from voice.line.leg import Failed, LegState, TransferError

FIRST, SECOND = "sip:8001@127.0.0.1", "sip:8002@127.0.0.1"


class House:
    """Two operators' telephones and one caller; made inside the loop."""

    def __init__(self, *, refers: bool = False) -> None:
        self.line, self.caller = FakeLine(), FakeLeg("caller")
        self.clock = asyncio.get_running_loop().time
        self.operators = PhoneOperators(self.line, (FIRST, SECOND), refers, self.clock)

    async def fetch(self, *, desk: bool = False) -> tuple[str, Any]:
        return await self.operators.fetch(self.caller, desk=desk)

    async def nobody(self, *, desk: bool = False) -> Failed:
        with pytest.raises(TransferError) as raised:
            await self.fetch(desk=desk)
        return raised.value.why


@pytest.mark.parametrize("first", [Failed.NO_ANSWER, Failed.BUSY, 9.0])
def test_all_telephones_ring_and_the_first_who_picks_up_has_the_caller(
    first: float | Failed,
) -> None:
    async def story() -> None:
        house = House()
        house.line.rings_at = {FIRST: first, SECOND: 4.0}
        name, leg = await house.fetch()
        assert (name, house.clock()) == (SECOND, 4.0)
        assert leg is house.line.operators[0]
        assert leg.state is LegState.UP
        await asyncio.sleep(TIMEOUT)
        assert house.line.operators == [leg]
        assert house.line.ringing == 0, "the other stops ringing"

    run(story())


def test_of_two_who_pick_up_at_once_one_is_let_go() -> None:
    async def story() -> None:
        house = House()
        _, leg = await house.fetch()
        assert len(house.line.operators) == 2
        assert [each for each in house.line.operators if each.state is LegState.UP] == [leg]

    run(story())


def test_nobody_rings_on_for_a_caller_whom_nobody_needs_to_fetch_for() -> None:
    async def story() -> None:
        house = House()
        fetching = asyncio.create_task(house.fetch())
        await asyncio.sleep(1.0)
        assert house.line.ringing == 2
        fetching.cancel()
        await asyncio.gather(fetching, return_exceptions=True)
        assert house.line.ringing == 0
        assert house.line.operators == []

    run(story())


@pytest.mark.parametrize("desk", [False, True])
def test_nobody_comes(desk: bool) -> None:
    async def story() -> None:
        house = House()
        house.line.rings_at = {FIRST: Failed.BUSY, SECOND: Failed.UNREACHABLE}
        why = await house.nobody(desk=desk)
        assert house.clock() == pytest.approx(TIMEOUT if desk else 0.3)
        assert why is Failed.NO_ANSWER or not desk

    run(story())


def test_where_the_carrier_connects_each_telephone_has_its_share_of_the_time() -> None:
    async def story() -> None:
        house = House(refers=True)
        house.caller.hand_on = Failed.NO_ANSWER
        assert await house.nobody() is Failed.NO_ANSWER
        half = TIMEOUT / 2
        assert house.caller.asked_for == [(FIRST, half), (SECOND, half)]
        assert house.clock() == TIMEOUT

    run(story())


def test_the_carrier_takes_the_caller_over() -> None:
    async def story() -> None:
        house = House(refers=True)
        house.caller.hand_on = None
        assert await house.fetch() == (FIRST, None)

    run(story())
