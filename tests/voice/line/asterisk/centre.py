"""A centre for tests: an Asterisk, a telephone, and a line of ours on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from evaluation.calls.phone import Phone, phone
from evaluation.system import free_port
from tests.voice.line.asterisk.server import Server, asterisk
from tests.voice.line.listening import Calls
from voice.line.asterisk.endpoints import Endpoints
from voice.line.asterisk.leg import AsteriskLeg
from voice.line.asterisk.line import AsteriskLine
from voice.line.audiosocket.leg import AudioSocketLeg
from voice.line.audiosocket.line import AudioSocketLine, Ports
from voice.line.leg import CallLeg, Line


@dataclass
class Centre:
    """All that a test needs."""

    folder: Path
    server: Server
    line: Line
    calls: Calls
    caller: Phone

    async def rings(self) -> CallLeg:
        """The caller dials 12349."""
        await self.caller.call(self.server.number(), answered=False)
        return await self.calls.next()


@asynccontextmanager
async def centre(
    folder: Path, *, audiosocket: bool = False, codec: str = "pcma"
) -> AsyncIterator[Centre]:
    """Calls come over ARI, or over AudioSocket."""
    folder.mkdir(parents=True, exist_ok=True)
    async with (
        asterisk(folder / "asterisk", audiosocket=audiosocket) as server,
        phone(folder / "caller", codecs=[codec]) as caller,
    ):
        calls, line = Calls(), _line(server, audiosocket=audiosocket)
        await calls.start(line)
        try:
            yield Centre(folder, server, line, calls, caller)
        finally:
            await line.stop()


def came_back(leg: CallLeg) -> bool:
    """Whether the caller was with an operator before."""
    assert isinstance(leg, AsteriskLeg | AudioSocketLeg)
    return leg.came_back is not None


def _line(server: Server, *, audiosocket: bool) -> Line:
    if not audiosocket:
        return AsteriskLine(server.pbx)
    ports = Ports(sound=free_port(), script=server.agi)
    return AudioSocketLine(ports, Endpoints(address="PJSIP/caller/{}"))
