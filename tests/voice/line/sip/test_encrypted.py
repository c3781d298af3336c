"""Calls that nobody on the way can listen to."""

import asyncio
import subprocess
from pathlib import Path

from evaluation.calls.phone import phone
from tests.voice.line.sip.desk import desk, run
from tests.voice.line.sip.hearing import babble, comes


def test_a_telephone_that_insists_on_srtp(tmp_path: Path) -> None:
    ours, theirs = babble(1.0, 1), babble(1.0, 2)

    async def story() -> None:
        account = ";mediaenc=srtp-mand"
        async with desk() as line, phone(tmp_path / "phone", account=account) as caller:
            await caller.call(line.address, answered=False)
            leg, ear = await line.answered()
            await caller.until("CALL_ESTABLISHED")
            await asyncio.sleep(0.5)
            leg.play(ours)
            await caller.say(theirs, leg.rate)
            assert await comes(caller.heard, ours)
            assert await comes(lambda: ear.heard, theirs)

    run(story())


def test_a_telephone_that_comes_over_tls(tmp_path: Path) -> None:
    pem = tmp_path / "line.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-keyout", str(pem), "-out", str(tmp_path / "crt")]
    subprocess.run(command, check=True, capture_output=True)
    pem.write_bytes(pem.read_bytes() + (tmp_path / "crt").read_bytes())
    said = babble(1.0, 1)

    async def story() -> None:
        async with desk(certificate=pem) as line, phone(tmp_path / "phone") as caller:
            address = f"sip:12349@127.0.0.1:{line.port + 1};transport=tls"
            await caller.call(address, answered=False)
            leg, _ = await line.answered()
            leg.play(said)
            assert await comes(caller.heard, said)
            await caller.hang_up()

    run(story())
