"""The telephone line as the desk speaks into it, and the desk's decisions as calls follow them."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

import structlog

from care.changes.hub import Hub
from console.desk.calls import Browser, Line, NotInCallError, OnCall, Part, Plug
from hotline.telephone import Telephone
from voice.call.company import Company, NotWithError
from voice.line.browser.leg import BrowserLeg
from voice.line.browser.wire import RATES, read_frame
from voice.line.leg import LineError
from voice.line.place import Place

_LONGEST = 3600.0
"""Seconds of one wait; nothing is done when it ends."""

T = TypeVar("T")
log = structlog.get_logger(__name__)


class DeskCalls:
    """Implements `console.desk.calls.Calls`."""

    def __init__(self, telephone: Telephone) -> None:
        self._telephone = telephone

    def lines(self) -> Mapping[int, Line]:
        """See `Calls`."""
        return {number: _line(company) for number, company in self._companies().items()}

    async def plug(self, conversation: int, name: str, part: Part, browser: Browser) -> Plug:
        """See `Calls`."""
        rate = browser.rate
        if rate not in RATES:
            raise ValueError(f"expected one of {sorted(RATES)} Hz, got {rate}")
        company, loop = self._needed(conversation), asyncio.get_running_loop()

        async def join() -> BrowserLeg:
            leg = BrowserLeg(
                rate,
                lambda octets: _in(loop, lambda: browser.send(octets)),
                lambda: _in(loop, browser.ended),
            )
            try:
                await company.join(leg, name, Place(part.value))
            except NotWithError as error:
                leg.lost()
                raise NotInCallError from error
            return leg

        return _Plug(self._telephone, await asyncio.wrap_future(self._ask(join())), rate)

    def dial(self, conversation: int, target: str, name: str, part: Part) -> None:
        """See `Calls`."""
        company = self._needed(conversation)
        self._ask(company.call(target, name, Place(part.value)))

    def hold(self, conversation: int, on: bool, by: str) -> None:
        """See `Calls`."""
        self._ask(self._needed(conversation).hold(on, by))

    def turn(self, conversation: int, name: str, part: Part) -> None:
        """See `Calls`."""
        self._ask(self._needed(conversation).turn(name, Place(part.value)))

    def dismiss(self, conversation: int, leg: str) -> None:
        """See `Calls`."""
        self._ask(self._needed(conversation).dismiss(leg))

    async def follow(self, hub: Hub) -> None:
        """See `Calls`: they look whenever one changed."""
        with hub.follow(lambda topic, _key: topic == "handover") as follower:
            while True:
                changed = await follower.next(_LONGEST)
                board = self._telephone.switchboard
                if board is None or changed == frozenset():
                    continue
                numbers = None if changed is None else {int(key) for _, key in changed}
                try:
                    await asyncio.wrap_future(self._ask(board.look(numbers)))
                except Exception as error:  # whatever it is: the next look may go well
                    log.warning("calls can't follow the desk", error=type(error).__name__)

    def _companies(self) -> Mapping[int, Company]:
        board = self._telephone.switchboard
        return board.companies if board else {}

    def _needed(self, conversation: int) -> Company:
        found = self._companies().get(conversation)
        if found is None:
            raise NotInCallError
        return found

    def _ask(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        try:
            return self._telephone.ask(work)
        except LineError as error:
            raise NotInCallError from error


class _Plug:
    """Implements `console.desk.calls.Plug`."""

    def __init__(self, telephone: Telephone, leg: BrowserLeg, rate: int) -> None:
        self._telephone, self._leg, self._rate = telephone, leg, rate

    def receive(self, octets: bytes) -> None:
        """See `Plug`."""
        samples = read_frame(octets, self._rate)
        self._telephone.soon(lambda: self._leg.receive(samples))

    def pull(self) -> None:
        """See `Plug`."""
        self._telephone.soon(self._leg.lost)


def _line(company: Company) -> Line:
    people = (OnCall(each.name, Part(each.place.value), each.leg) for each in company.present)
    return Line(tuple(people), company.held)


def _in(loop: asyncio.AbstractEventLoop, do: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(do)
