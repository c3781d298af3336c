"""A real Asterisk with the configuration that is shipped, on free ports of the loopback."""

import asyncio
import re
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from evaluation.system import free_port
from voice.line.asterisk.endpoints import Endpoints
from voice.line.asterisk.pbx import Pbx

PROJECT = Path(__file__).resolve().parents[4]
ROOT = PROJECT / "var" / "asterisk" / "root"
"""Where script/asterisk puts it."""


@dataclass
class Server:
    """One Asterisk that runs."""

    folder: Path
    """Its configuration."""
    sip: int
    """Port"""
    pbx: Pbx
    agi: int
    """Port that its dialplan asks about AudioSocket calls."""
    process: asyncio.subprocess.Process | None = None
    _log: asyncio.Task[None] | None = None

    def number(self, called: str = "12349") -> str:
        """The SIP address of a number behind it."""
        return f"sip:{called}@127.0.0.1:{self.sip}"

    async def start(self) -> None:
        """Returns when it is ready for calls."""
        self.process = await asyncio.create_subprocess_exec(
            PROJECT / "script" / "asterisk",
            "run",
            self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        told = b""
        async with asyncio.timeout(120):
            while b"Asterisk Ready" not in told:
                line = await self.process.stdout.readline()
                assert line, f"Asterisk did not start:\n{told.decode()}"
                told += line
        self._log = asyncio.create_task(self._read(self.process.stdout))
        # A file that isn't understood, a module that is missing: all of it is shipped.
        assert b"ERROR" not in told, told.decode()

    async def kill(self) -> None:
        """As if the machine were switched off."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()
        if self._log is not None:
            await self._log  # ends when the last process that writes to it has ended
        self.process = None

    async def _read(self, stream: asyncio.StreamReader) -> None:
        with (self.folder / "console").open("ab") as file:
            while line := await stream.readline():
                file.write(line)
                file.flush()


@asynccontextmanager
async def asterisk(folder: Path, *, audiosocket: bool = False) -> AsyncIterator[Server]:
    """One that keeps its configuration in `folder`; callers come over ARI, or AudioSocket."""
    assert ROOT.exists(), "Asterisk isn't set up: run script/asterisk, or make test-asterisk"
    sip, web, agi = free_port(), free_port(), free_port()
    shutil.copytree(PROJECT / "deploy" / "asterisk", folder)
    _replace(folder / "pjsip.conf", r"0\.0\.0\.0:5060", f"127.0.0.1:{sip}", times=2)
    _replace(folder / "http.conf", r"bindport=8088", f"bindport={web}")
    _replace(folder / "extensions.conf", r"127\.0\.0\.1:4573", f"127.0.0.1:{agi}")
    if audiosocket:
        _replace(folder / "extensions.conf", r"Goto\(hotline,", "Goto(audiosocket,", times=3)
    making = await asyncio.create_subprocess_exec(
        PROJECT / "script" / "asterisk", "secrets", folder
    )
    assert await making.wait() == 0
    password = (folder / "secrets" / "hotline").read_text("ascii").strip()
    pbx = Pbx(
        password=password,
        url=f"http://127.0.0.1:{web}",
        endpoints=Endpoints(address="PJSIP/caller/{}"),
    )
    server = Server(folder, sip, pbx, agi)
    try:
        await server.start()
        yield server
    finally:
        await server.kill()


def _replace(path: Path, pattern: str, to: str, times: int = 1) -> None:
    text, found = re.subn(pattern, to, path.read_text("utf-8"))
    assert found == times, f"{path.name} has {found} times {pattern}"
    path.write_text(text, "utf-8")
