"""Operators at telephones: all ring together, beside those at the desk."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from voice.line.leg import CallLeg, DialError, Failed, Line, TransferError

TIMEOUT = 20.0
"""Seconds until somebody has to come, at whatever telephone or at the desk."""


@dataclass(frozen=True)
class PhoneOperators:
    """Implements `voice.call.ports.Operators` for one line."""

    line: Line
    targets: Sequence[str]
    """Numbers or SIP addresses."""
    refers: bool
    """Whether the carrier takes the caller over (REFER), which can have one telephone ring at a
    time; else this process carries the sound, and all of them ring."""
    clock: Callable[[], float]
    timeout: float = TIMEOUT

    async def fetch(self, caller: CallLeg, *, desk: bool) -> tuple[str, CallLeg | None]:
        """See `Operators.fetch`."""
        until = self.clock() + self.timeout
        try:
            if self.refers:
                return await self._hand_on(caller, until), None
            return await self._ring_all()
        except TransferError:
            if not desk:
                raise
        await asyncio.sleep(max(0.0, until - self.clock()))
        raise TransferError(Failed.NO_ANSWER)

    async def dial(self, target: str) -> CallLeg:
        """See `Operators.dial`."""
        return await self.line.dial(target, timeout=self.timeout)

    async def _hand_on(self, caller: CallLeg, until: float) -> str:
        """One after the other, each with the same share of the time that is left."""
        why = Failed.UNREACHABLE
        for place, target in enumerate(self.targets):
            share = (until - self.clock()) / (len(self.targets) - place)
            try:
                await caller.transfer(target, share)
            except TransferError as error:
                why = error.why
            else:
                return target
        raise TransferError(why)

    async def _ring_all(self) -> tuple[str, CallLeg]:
        """Whoever picks up first; the others stop ringing."""
        why = Failed.UNREACHABLE
        ringing = {asyncio.create_task(self.dial(target)): target for target in self.targets}
        left = set(ringing)
        try:
            while left:
                done, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    try:
                        leg = task.result()
                    except DialError as error:
                        why = error.why
                    else:
                        target = ringing.pop(task)
                        return target, leg
        finally:
            await _let_be(ringing)
        raise TransferError(why)


async def _let_be(ringing: Iterable[asyncio.Task[CallLeg]]) -> None:
    """Nobody is needed at these telephones any more, also where two picked up at once."""
    for task in ringing:
        task.cancel()
    for came in await asyncio.gather(*ringing, return_exceptions=True):
        if not isinstance(came, BaseException):
            await came.hang_up()
