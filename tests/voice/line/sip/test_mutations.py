"""Ten thousand broken messages, then a good call."""

import asyncio
import random
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from evaluation.calls.phone import phone
from evaluation.system import ROOT, free_port
from tests.voice.line.sip.desk import desk, run
from tests.voice.line.sip.hearing import babble, comes
from tests.voice.line.sip.mutation import mutated
from tests.voice.line.sip.udp import opened
from tests.voice.line.sip.wire import Knocker, rtcp, rtp, to_tag

MESSAGES = 5_000
"""Of SIP, and as many of RTP and RTCP."""

METHODS = ["INVITE", "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "REFER", "INFO"]
METHODS += ["SUBSCRIBE", "NOTIFY", "UPDATE", "PRACK", "MESSAGE"]


def test_broken_messages_break_nothing(tmp_path: Path) -> None:
    chance = random.Random(12349)  # noqa: S311 - the same messages each time
    said = babble(1.0, 1)

    async def story() -> None:
        async with echoing() as port:
            async with opened(lambda: Knocker(port)) as anybody:
                await send_sip(anybody, chance)
                await send_rtp(anybody, chance)
            await asyncio.sleep(2.5)  # those who never spoke are let go
            async with phone(tmp_path / "phone") as caller:
                await caller.call(f"sip:12349@127.0.0.1:{port}")
                await caller.say(said, 8_000)
                assert await comes(caller.heard, said)
                await caller.hang_up()
                await caller.until("CALL_CLOSED")

    run(story(), 120)


async def send_sip(anybody: Knocker, chance: random.Random) -> None:
    for number in range(MESSAGES):
        method = chance.choice(METHODS)
        good = anybody.request(
            method,
            f"call{number}",
            branch=f"b{number}",
            refer_to="<sip:9@127.0.0.1>",
            event="refer",
        )
        if chance.random() < 0.15:
            good = re.sub(rb"^.*", b"SIP/2.0 %d OK" % chance.randint(100, 699), good, count=1)
        anybody.tell(mutated(good, chance))
        if number % 50 == 49:
            await anybody.alive(number)


async def send_rtp(anybody: Knocker, chance: random.Random) -> None:
    for number in range(0, MESSAGES, 500):
        call_id = f"talk{number}"
        answer = b""
        for again in range(20):  # until those whose invitations came to nothing are let go
            call_id = f"talk{number}-{again}"
            anybody.tell(anybody.request("INVITE", call_id, branch=call_id))
            answer = await anybody.answer(call_id)
            if answer.startswith(b"SIP/2.0 200"):
                break
            await asyncio.sleep(1)
        assert answer.startswith(b"SIP/2.0 200"), answer
        port = int(re.search(rb"m=audio (\d+)", answer)[1])  # type: ignore[index]
        tag = to_tag(answer)
        anybody.tell(anybody.request("ACK", call_id, branch=call_id + "a", to_tag=tag))
        for packet in range(500):
            sound = rtp(packet, chance.randbytes(160))
            key = rtp(packet, bytes([chance.randrange(256), 10, 0, 160]), 101)
            kind = chance.random()
            good, to = (rtcp(packet), port + 1) if kind < 0.2 else (sound, port)
            anybody.send(mutated(key if kind > 0.8 else good, chance), to)
            if packet % 50 == 49:
                await anybody.alive(number * 1_000 + packet)
        anybody.tell(anybody.request("BYE", call_id, branch=call_id + "b", cseq=2, to_tag=tag))


@asynccontextmanager
async def echoing() -> AsyncIterator[int]:
    """The port of a line in a process of its own, which must still run at the end."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.voice.line.sip.echoing", str(port), cwd=ROOT, stdout=PIPE
    )
    try:
        assert process.stdout is not None
        ready = await asyncio.wait_for(process.stdout.readline(), 30)
        assert ready == b"ready\n"
        yield port
        assert process.returncode is None
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def test_an_invitation_that_comes_three_times_is_one_call() -> None:
    async def story() -> None:
        async with desk() as line, opened(lambda: Knocker(line.port)) as caller:
            invite = caller.request("INVITE", "again", branch="again")
            for _ in range(3):
                caller.tell(invite)
                await asyncio.sleep(0.05)
            leg = await line.next_call()
            answering = asyncio.create_task(leg.answer())
            tags = set()
            for _ in range(2):
                answer = await caller.answer("again")
                assert answer.startswith(b"SIP/2.0 200")
                tags.add(to_tag(answer))
                caller.tell(invite)
            caller.tell(caller.request("ACK", "again", branch="ack", to_tag=tags.pop()))
            await answering
            assert tags == set()
            assert line.rung == [leg]
            # Under the same Call-ID nobody else gets in, or throws out who is there.
            caller.tell(caller.request("INVITE", "again", branch="other", cseq=9))
            await caller.alive(2)
            await asyncio.sleep(0.2)
            assert line.rung == [leg]
            assert leg.state == "up"

    run(story())
