"""Operators at telephones: called one after the other, beside those at the desk."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voice.line.leg import CallLeg, DialError, Failed, Line, TransferError

TIMEOUT = 20.0
"""Seconds until somebody has to come, at whatever telephone or at the desk."""


@dataclass(frozen=True)
class PhoneOperators:
    """Implements `voice.call.ports.Operators` for one line."""

    line: Line
    targets: Sequence[str]
    """Numbers or SIP addresses, in the order in which they are tried."""
    refers: bool
    """Whether the carrier takes the caller over (REFER); else this process carries the sound."""
    clock: Callable[[], float]
    timeout: float = TIMEOUT

    async def fetch(self, caller: CallLeg, *, desk: bool) -> tuple[str, CallLeg] | None:
        """See `Operators.fetch`."""
        why, until = Failed.UNREACHABLE, self.clock() + self.timeout
        for target in self.targets:
            left = until - self.clock()
            if left <= 0:
                break
            try:
                if self.refers:
                    await caller.transfer(target, left)
                    return None
                return target, await self.line.dial(target, timeout=left)
            except (DialError, TransferError) as error:
                why = error.why
        if desk:
            await asyncio.sleep(max(0.0, until - self.clock()))
            why = Failed.NO_ANSWER
        raise TransferError(why)

    async def dial(self, target: str) -> CallLeg:
        """See `Operators.dial`."""
        return await self.line.dial(target, timeout=self.timeout)
