"""Operators at telephones: called one after the other, then bridged with the caller."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from voice.call.handover import CallHandovers
from voice.call.ports import Run, Tape, Visit
from voice.line.bridge import Bridge
from voice.line.leg import CallLeg, DialError, Failed, LegEvent, Line, Sound, TransferError

TIMEOUT = 20.0
"""Seconds until an operator has to pick up, all of them together."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class PhoneOperators:
    """Implements `voice.call.ports.Operators` for one call."""

    line: Line
    targets: Sequence[str]
    """Numbers or SIP addresses, in the order in which they are tried."""
    refers: bool
    """Whether the carrier takes the caller over (REFER); else this process carries the sound."""
    handovers: CallHandovers
    run: Run
    clock: Callable[[], float]
    tape: Callable[[CallLeg], Tape]
    """The recording of an operator's leg."""
    timeout: float = TIMEOUT

    async def fetch(self, caller: CallLeg) -> Visit:
        """See `Operators.fetch`."""
        why, until = Failed.UNREACHABLE, self.clock() + self.timeout
        for target in self.targets:
            left = until - self.clock()
            if left <= 0:
                break
            try:
                if self.refers:
                    await caller.transfer(target, left)
                    return _Moved()
                leg = await self.line.dial(target, timeout=left)
            except (DialError, TransferError) as error:
                why = error.why
                continue
            visit = _Bridged(self, target, caller, leg)
            await visit.begin()
            return visit
        raise TransferError(why)

    async def call_back(self, reason: str) -> None:
        """See `Operators.call_back`."""
        await self.tell(self.handovers.call_back)

    async def tell(self, told: Callable[[], None]) -> None:
        """Has the desk told; that it can't be must not end the call."""
        try:
            await self.run(told)
        except Exception:
            log.exception("the operators' desk could not be told")


class _Bridged:
    """An operator who hears the caller through this process."""

    def __init__(
        self, operators: PhoneOperators, target: str, caller: CallLeg, operator: CallLeg
    ) -> None:
        self._operators, self._target, self._operator = operators, target, operator
        self._bridge = Bridge(caller, operator, self._pass)
        self._tape = operators.tape(operator)
        self._over = False

    async def begin(self) -> None:
        """Connects them at once; the desk is told beside it."""
        self._bridge.start()
        handovers = self._operators.handovers
        self._told = asyncio.get_running_loop().create_task(
            self._operators.tell(lambda: handovers.took(self._target))
        )

    async def ended(self) -> None:
        """See `Visit.ended`."""
        await self._bridge.ended()

    async def stop(self) -> None:
        """See `Visit.stop`."""
        if self._over:
            return
        self._over = True
        await self._bridge.stop()
        self._tape.close(self._operators.clock())
        await self._operator.hang_up()
        await self._told
        handovers = self._operators.handovers
        await self._operators.tell(lambda: handovers.left(self._target))

    def _pass(self, leg: CallLeg, event: LegEvent) -> None:
        """The caller's leg is read by the driver of the call; the operator's is recorded here."""
        if leg is self._operator and isinstance(event, Sound):
            self._tape.heard(event.samples, self._operators.clock())


class _Moved:
    """The carrier has taken the caller over; their leg here is gone."""

    async def ended(self) -> None:
        """See `Visit.ended`: never, as far as we know."""
        await asyncio.get_running_loop().create_future()

    async def stop(self) -> None:
        """See `Visit.stop`."""
