"""What a dialplan does with one call, on our command: rings, talks with us, calls an operator."""

import asyncio
from collections.abc import Callable

from voice.line.audiosocket.agi import Agi, AgiError
from voice.line.audiosocket.leg import AudioSocketLeg, Handing
from voice.line.leg import Ended, Failed, LegState

MOVED = "hotline-moved"
"""The context of extensions.conf that tells us that an operator picked up."""

_FAILED = {
    "BUSY": Failed.BUSY,
    "NOANSWER": Failed.NO_ANSWER,
    "DONTCALL": Failed.DECLINED,
    "TORTURE": Failed.DECLINED,
}
"""Values of DIALSTATUS; others mean that there is no way to that telephone."""


class Dialplan:
    """One call's, from ringing to its end; `again` makes a leg for a caller who came back."""

    def __init__(self, agi: Agi, where: str, again: Callable[[], AudioSocketLeg]) -> None:
        self._agi = agi
        self._where = where
        self._again = again

    async def run(self, leg: AudioSocketLeg) -> None:
        """Until the caller is gone, or the dialplan goes on without us."""
        picked_up = False
        try:
            while await self._wanted(leg, picked_up=picked_up):
                if not picked_up:
                    await self._agi.command("ANSWER")
                    picked_up = True
                if not await self._talk(leg):
                    return
                leg = self._again()
            if picked_up:
                await self._agi.command("HANGUP")
            else:
                await self._agi.command("SET VARIABLE HOTLINE done")
                await self._agi.command("EXEC Busy 10")
        except AgiError:
            leg.end(Ended.THEY_HUNG_UP if picked_up else Ended.CANCELLED)
        finally:
            leg.end(Ended.LOST)

    async def _wanted(self, leg: AudioSocketLeg, *, picked_up: bool) -> bool:
        gone = asyncio.create_task(self._agi.gone())
        try:
            await asyncio.wait((gone, leg.decided), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            await asyncio.gather(gone, return_exceptions=True)
        if self._agi.hung_up:
            leg.end(Ended.THEY_HUNG_UP if picked_up else Ended.CANCELLED)
            raise AgiError("the caller is gone")
        return leg.decided.result()

    async def _talk(self, leg: AudioSocketLeg) -> bool:
        """Sound, and operators who don't pick up; True when one did and the caller came back."""
        while True:
            await self._agi.command(f"EXEC AudioSocket {leg.id},{self._where}")
            if self._agi.hung_up:
                leg.end(Ended.THEY_HUNG_UP)
                return False
            handing = leg.handing
            if handing is None:
                return await self._over(leg)
            if await self._call(leg, handing):
                return True

    async def _over(self, leg: AudioSocketLeg) -> bool:
        """The sound ended: by us, by the caller, or since it broke; then a person takes over."""
        if leg.state is LegState.GONE:
            await self._agi.command("SET VARIABLE HOTLINE done")
            await self._agi.command("HANGUP")
            return False
        status = await self._agi.command("CHANNEL STATUS")
        leg.end(Ended.LOST if status.result == 6 else Ended.THEY_HUNG_UP)
        return False

    async def _call(self, leg: AudioSocketLeg, handing: Handing) -> bool:
        """Calls the operator; True when they were there and the caller is here again."""
        options = f"gmU({MOVED}^{leg.id})"
        await self._agi.command(f'EXEC Dial "{handing.endpoint},{handing.seconds},{options}"')
        status = await self._agi.command("GET VARIABLE DIALSTATUS")
        if self._agi.hung_up:
            leg.end(Ended.THEY_HUNG_UP)
            raise AgiError("the caller is gone")
        if leg.state is LegState.GONE:
            return True
        leg.back(_FAILED.get(status.value, Failed.UNREACHABLE))
        return False
