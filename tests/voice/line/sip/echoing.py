"""A line in a process of its own that sends back what it hears: `python -m … PORT`.

For tests that might break it: the native stack would take the whole test run along.
"""

import asyncio
import sys

import numpy as np

from voice.line.leg import CallLeg, Sound
from voice.line.sip.line import SipLine
from voice.line.sip.settings import SipSettings

_MOST = 20
"""Calls at the same time; others are refused, as at a real desk."""


async def main(port: int) -> None:
    """Prints `ready`, and runs until it is ended."""
    line = SipLine(SipSettings(port=port, rtp_timeout=2))
    talking: set[asyncio.Task[None]] = set()

    def ring(leg: CallLeg) -> None:
        task = asyncio.create_task(echo(leg) if len(talking) < _MOST else leg.hang_up())
        talking.add(task)
        task.add_done_callback(talking.discard)

    await line.start(ring)
    print("ready", flush=True)
    await asyncio.Event().wait()


async def echo(leg: CallLeg) -> None:
    """Until it is gone."""
    await leg.answer()
    leg.play(np.zeros(leg.rate // 10, np.int16))  # so that what comes late is no gap
    async for event in leg.events():
        if isinstance(event, Sound):
            leg.play(event.samples)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
