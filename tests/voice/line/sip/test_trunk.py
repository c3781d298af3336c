"""A carrier in front: registration, and calls to numbers."""

import asyncio

import pytest

from tests.voice.line.sip.carrier import Carrier
from tests.voice.line.sip.desk import desk, run
from tests.voice.line.sip.udp import opened
from voice.line.leg import DialError, Failed


def test_we_register_and_call_numbers_through_it() -> None:
    async def story() -> None:
        async with opened(lambda: Carrier("955", "geheim")) as trunk:
            account = {"server": f"127.0.0.1:{trunk.port}", "user": "955", "password": "geheim"}
            async with desk(trunk=account) as line:
                await asyncio.wait_for(trunk.known.wait(), 10)
                with pytest.raises(DialError) as told:
                    await line.line.dial("138-0013-8000", timeout=5)
                assert told.value.why is Failed.BUSY
                assert line.line.registered
                assert trunk.seen[1].startswith(f"INVITE sip:13800138000@127.0.0.1:{trunk.port}")
            assert trunk.seen[-1].startswith("REGISTER")  # and away again
            assert trunk.refused == 0

    run(story())


def test_a_wrong_password_leaves_the_line_open_for_everybody_else() -> None:
    async def story() -> None:
        async with opened(lambda: Carrier("955", "geheim")) as trunk:
            account = {"server": f"127.0.0.1:{trunk.port}", "user": "955", "password": "falsch"}
            async with desk(trunk=account) as line:
                while not trunk.refused:
                    await asyncio.sleep(0.05)
                assert not line.line.registered
                assert trunk.seen == []

    run(story())
