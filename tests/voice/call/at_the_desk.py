"""A caller on the telephone and people at the desk, on a clock that jumps."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot.conversation import Conversation
from care.conversations import service as conversations
from care.conversations.model import Utterance
from care.desk import claims, seats
from care.desk.state import SeatState
from care.handovers import service as handovers
from care.storage.engine import Sessions
from tests.conftest import NOW
from tests.voice.call.exchange import Exchange
from tests.voice.call.fake_leg import FakeLeg
from tests.voice.call.virtual_loop import run
from voice.call.company import Company
from voice.line.leg import LegState
from voice.line.place import Place

GREETED = 6.5
"""Seconds until the greeting was heard."""
OPERATORS = ("zhangmin", "lihua")


class DeskExchange(Exchange):
    """One caller who was greeted."""

    leg: FakeLeg

    async def greeted(self) -> None:
        """Both operators are at the desk, and the caller is on the line."""
        with self.sessions.begin() as session:
            for name in OPERATORS:
                seats.choose(session, name, SeatState.AVAILABLE, NOW)
        self.leg = self.ring()
        await asyncio.sleep(GREETED)

    @property
    def number(self) -> int:
        """Of the caller's conversation."""
        with self.sessions() as session:
            found = conversations.of_sender(session, "tel:13800000001", channel="phone")
        assert found is not None
        return found.id

    @property
    def company(self) -> Company:
        return self.switchboard.companies[self.number]

    async def desk(self, step: Callable[..., object], name: str, **more: object) -> None:
        """Somebody at the desk does something, and the call looks."""
        with self.sessions.begin() as session:
            step(session, self.number, operator=name, now=NOW, **more)
        await self.switchboard.look()

    async def claim(self, name: str = "zhangmin") -> None:
        await self.desk(claims.take_over, name, speaks=lambda _: True)

    async def join(self, name: str = "zhangmin", place: Place = Place.OPERATOR) -> FakeLeg:
        leg = FakeLeg(f"{name}-{asyncio.get_running_loop().time()}", rate=16_000)
        leg.pick_up()
        await self.company.join(leg, name, place)
        return leg

    def holder(self) -> tuple[str, str | None] | None:
        """State and operator of the open hand-over."""
        with self.sessions() as session:
            found = handovers.open_handover(session, self.number)
            return (found.state, found.operator) if found else None

    def course(self) -> list[tuple[str, str]]:
        with self.sessions() as session:
            return [(each.kind, each.by) for each in handovers.events(session, self.number)]

    def said(self) -> list[Utterance]:
        with self.sessions() as session:
            return conversations.transcript(session, self.number)

    async def hears(self, leg: FakeLeg, seconds: float = 2.0) -> float:
        """Seconds of sound that come in the next time."""
        at = self.loop.time()
        await asyncio.sleep(seconds)
        return leg.heard(at, at + seconds)


def call(
    conversation: Conversation,
    sessions: Sessions,
    story: Callable[[DeskExchange], Coroutine[Any, Any, None]],
    **more: Any,
) -> DeskExchange:
    """Runs it; the caller hangs up in the end."""

    async def whole() -> DeskExchange:
        exchange = DeskExchange(conversation, sessions, **{"operators": (), **more})
        await exchange.greeted()
        await story(exchange)
        assert exchange.leg.state is LegState.UP, "a caller is never dropped"
        exchange.leg.put_down()
        await asyncio.sleep(1.0)
        await exchange.switchboard.stop()
        return exchange

    return run(whole())
