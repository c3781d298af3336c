"""Peers that vanish, strangers, and a port that is taken."""

import asyncio
import socket
from pathlib import Path

import pytest

from evaluation.calls.phone import phone
from tests.voice.line.sip.desk import desk, run
from voice.line.leg import Ended, LineError
from voice.line.sip.line import SipLine
from voice.line.sip.settings import SipSettings


def test_a_caller_whose_network_is_gone_is_lost(tmp_path: Path) -> None:
    async def story() -> float:
        async with desk(rtp_timeout=2) as line, phone(tmp_path / "phone") as caller:
            await caller.call(line.address, answered=False)
            _, ear = await line.answered()
            await caller.until("CALL_ESTABLISHED")
            await asyncio.sleep(0.5)
            caller.vanish()
            since = asyncio.get_running_loop().time()
            assert (await ear.ended()).why is Ended.LOST
            return asyncio.get_running_loop().time() - since

    assert 1.0 < run(story()) < 5.0


def test_a_stranger_is_refused_and_never_rings(tmp_path: Path) -> None:
    async def story() -> None:
        async with (
            desk(allowed_networks=["10.0.0.0/8"]) as line,
            phone(tmp_path / "phone") as caller,
        ):
            await caller.call(line.address, answered=False)
            assert (await caller.until("CALL_CLOSED"))["param"].startswith("403")
            assert line.rung == []

    run(story())


def test_a_port_that_is_taken_is_told_in_a_sentence() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        async def story() -> None:
            await SipLine(SipSettings(port=port)).start(lambda leg: None)

        with pytest.raises(LineError, match=rf"127\.0\.0\.1:{port}.*SIP_PORT"):
            run(story())
