"""A carrier in front: registration, and calls to numbers."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from evaluation.calls.phone import phone
from tests.voice.line.sip.carrier import Carrier
from tests.voice.line.sip.desk import desk, run
from tests.voice.line.sip.tls import over_tls, papers
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


@pytest.mark.parametrize("register_every", [0, 600])
def test_a_trunk_that_was_not_found_at_the_start_rings_us_all_the_same(
    tmp_path: Path, register_every: int
) -> None:
    asked: list[str] = []

    def resolve(host: str) -> Iterable[str]:
        asked.append(host)
        if len(asked) == 1:
            raise OSError("no name server answers yet")
        return ["127.0.0.1"]

    async def story() -> None:
        account = {"server": "sip.example.invalid", "user": "955", "register_every": register_every}
        async with (
            desk(resolve, allowed_networks=["10.0.0.0/8"], trunk=account) as line,
            phone(tmp_path / "phone") as caller,
        ):
            assert line.line.registered is (register_every == 0)
            await caller.call(line.address, answered=False)
            await line.answered()
            await caller.until("CALL_ESTABLISHED")
        assert asked == ["sip.example.invalid"] * 2

    run(story())


def test_strangers_make_nobody_look_for_the_trunk_again_and_again(tmp_path: Path) -> None:
    asked: list[str] = []

    def resolve(host: str) -> Iterable[str]:
        asked.append(host)
        return ["203.0.113.7"]

    async def story() -> None:
        account = {"server": "sip.example.invalid", "user": "955", "register_every": 0}
        async with (
            desk(resolve, allowed_networks=["10.0.0.0/8"], trunk=account) as line,
            phone(tmp_path / "phone") as caller,
        ):
            for _ in range(3):
                seen = len(caller.events)
                await caller.call(line.address, answered=False)
                closed = await caller.until("CALL_CLOSED", seen=seen)
                assert closed["param"].startswith("403")
            assert line.rung == []
        assert len(asked) == 2

    run(story())


@pytest.mark.parametrize("trusted", [True, False])
def test_we_register_over_tls_with_whom_we_trust_and_nobody_else(
    tmp_path: Path, trusted: bool
) -> None:
    mine, others = papers(tmp_path, "mine"), papers(tmp_path, "others")

    async def story() -> None:
        async with over_tls(lambda: Carrier("955", "geheim"), mine) as (trunk, port):
            account = {
                **{"server": f"127.0.0.1:{port}", "user": "955", "password": "geheim"},
                **{"transport": "tls", "ca_file": mine if trusted else others},
            }
            async with desk(trunk=account) as line:
                while not any("the trunk" in each["event"] for each in told):
                    await asyncio.sleep(0.05)
                assert line.line.registered is trunk.known.is_set() is trusted

    with capture_logs() as told:
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
