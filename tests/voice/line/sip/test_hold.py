"""Hold, by them and by us.

The peer is played by the test: baresip 1.0.0 hears nothing any more once it was on hold.
"""

import asyncio
import re

import numpy as np

from tests.voice.line.sip.desk import Desk, Ear, desk, run, state
from tests.voice.line.sip.hearing import Pcm16, babble, comes
from tests.voice.line.sip.udp import opened
from tests.voice.line.sip.wire import Knocker, to_tag
from voice.audio.g711 import alaw_decode
from voice.line.leg import CallLeg, Held, LegState, Resumed


def test_they_hold_us_and_hear_the_rest_afterwards() -> None:
    before, rest = babble(1.0, 1), babble(1.0, 2)

    async def story() -> None:
        async with desk() as line, opened(lambda: Patient(line.port)) as caller:
            leg = await caller.call(line)
            ear = Ear(leg)
            leg.play(before)
            assert await comes(caller.heard, before)
            await caller.invite_again(2, "sendonly")
            await ear.until(Held)
            assert state(leg) is LegState.HELD
            leg.play(rest)
            length = len(ear.heard)
            await asyncio.sleep(1.0)
            assert leg.queued > 0.9
            # Time goes on for whoever counts it in samples.
            assert len(ear.heard) - length > 0.7 * leg.rate
            await caller.invite_again(3, "sendrecv")
            await ear.until(Resumed)
            assert state(leg) is LegState.UP
            assert await comes(caller.heard, rest)

    run(story())


def test_we_hold_them() -> None:
    async def story() -> None:
        async with desk() as line, opened(lambda: Patient(line.port)) as caller:
            leg = await caller.call(line)
            await caller.hears(10)
            await leg.hold()
            await asyncio.wait_for(caller.asked.wait(), 5)
            assert caller.directions == ["sendonly"]
            await asyncio.sleep(0.3)
            so_far = len(caller.heard())
            await asyncio.sleep(0.3)
            assert len(caller.heard()) == so_far
            assert leg.state is LegState.UP
            await leg.resume()
            await caller.hears(10)
            assert caller.directions == ["sendonly", "sendrecv"]

    run(story())


class Patient(Knocker):
    """Can be put on hold, and puts others on hold."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self._packets: list[bytes] = []
        self._tag = ""
        self.directions: list[str] = []
        """Of the re-INVITEs that came."""
        self.asked = asyncio.Event()

    async def call(self, line: Desk) -> CallLeg:
        """Calls, and is answered."""
        self.tell(self.request("INVITE", "call", branch="call"))
        leg = await line.next_call()
        answering = asyncio.create_task(leg.answer())
        answer = await self.answer("call")
        self._tag = to_tag(answer)
        self.tell(self.request("ACK", "call", branch="ack", to_tag=self._tag))
        await answering
        return leg

    async def invite_again(self, cseq: int, direction: str) -> None:
        """A re-INVITE: `sendonly` is hold, `sendrecv` is its end."""
        tag, branch = self._tag, f"again{cseq}"
        self.tell(
            self.request(
                "INVITE", "call", branch=branch, cseq=cseq, to_tag=tag, direction=direction
            )
        )
        await self.answer("call")
        self.tell(self.request("ACK", "call", branch=branch + "a", cseq=cseq, to_tag=tag))

    def heard(self) -> Pcm16:
        """All that came, of the rate 8000."""
        return alaw_decode(np.frombuffer(b"".join(self._packets), np.uint8))

    async def hears(self, packets: int) -> None:
        """Waits for so many packets more."""
        wanted = len(self._packets) + packets
        for _ in range(200):
            if len(self._packets) >= wanted:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("no sound comes")

    def receive(self, data: bytes, port: int) -> None:
        if port != self.line:
            if data[1] & 0x7F == 8:
                self._packets.append(data[12:])
        elif data.startswith(b"INVITE"):
            direction = re.search(rb"a=(sendonly|sendrecv|inactive)", data)
            assert direction is not None
            self.directions.append(direction[1].decode())
            mirrored = {"sendonly": "recvonly"}.get(self.directions[-1], self.directions[-1])
            self.tell(self.accepted(data, mirrored))
            self.asked.set()
        else:
            super().receive(data, port)
