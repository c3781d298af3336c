"""An Asterisk with AudioSocket as the line."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from voice.line.asterisk.endpoints import Endpoints
from voice.line.audiosocket.agi import Agi, AgiError, read_agi
from voice.line.audiosocket.connection import Connection
from voice.line.audiosocket.dialplan import Dialplan
from voice.line.audiosocket.frame import FrameError, FrameReader, Kind
from voice.line.audiosocket.leg import AudioSocketLeg
from voice.line.leg import CallLeg, CameBack, DialError, Ended, Failed, LineError
from voice.line.number import number_of

_INTRODUCTION = 5.0
"""Seconds until who is connected has to say which call it is."""

_UUID = 19
"""Octets of the frame with the UUID."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Ports:
    """Where we listen; on the loopback unless Asterisk is on another machine."""

    host: str = "127.0.0.1"
    sound: int = 9092
    script: int = 4573
    """For AGI(agi://host:port), which tells us who calls."""

    reached: str = ""
    """Host under which Asterisk reaches us; empty: `host`."""

    strangers: bool = False
    """Takes calls that no script announced: a dialplan with AudioSocket(${UUID()},…) alone."""

    most: int = 200
    """Calls at a time; more are refused."""


class AudioSocketLine:
    """Implements voice.line.leg.Line, but for calls that we make: AudioSocket knows none."""

    registered = True  # the PBX sees to its own trunks

    def __init__(self, ports: Ports, endpoints: Endpoints | None = None) -> None:
        self._ports = ports
        self._endpoints = endpoints or Endpoints()
        self._legs: dict[str, AudioSocketLeg] = {}
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_call: Callable[[CallLeg], None] = lambda leg: None

    async def start(self, on_call: Callable[[CallLeg], None]) -> None:
        """Listens on both ports. Raises LineError."""
        self._on_call = on_call
        for port, serve in ((self._ports.sound, self._sound), (self._ports.script, self._script)):
            try:
                server = await asyncio.start_server(serve, self._ports.host, port)
            except OSError as error:
                await self.stop()
                raise LineError(
                    f"Port {port} of {self._ports.host} is taken or not allowed: name another one."
                ) from error
            self._servers.append(server)

    async def dial(self, target: str, *, timeout: float = 30.0) -> CallLeg:
        """Not possible over AudioSocket. Raises DialError."""
        raise DialError(Failed.UNREACHABLE)

    async def stop(self) -> None:
        """Hangs up, and lets go of the ports."""
        for server in self._servers:
            server.close()
        for leg in list(self._legs.values()):
            await leg.hang_up()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=1.0)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _sound(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with _Running(self._tasks):
            frames = FrameReader()
            leg = None
            try:
                leg = self._known(await _call_of(reader, frames))
                if leg is not None:
                    await self._carry(leg, Connection(reader, writer, frames))
            except (FrameError, OSError, EOFError, TimeoutError):
                _log.warning("a connection that isn't AudioSocket was refused")
            finally:
                writer.close()

    async def _carry(self, leg: AudioSocketLeg, connection: Connection) -> None:
        announced = leg.id in self._legs
        if not announced:
            self._legs[leg.id] = leg
            self._on_call(leg)
        orderly = await leg.carry(connection)
        if not announced:
            self._legs.pop(leg.id, None)
            leg.end(Ended.THEY_HUNG_UP if orderly else Ended.LOST)

    def _known(self, call: str) -> AudioSocketLeg | None:
        leg = self._legs.get(call)
        if leg is not None:
            return None if leg.busy else leg
        if not self._ports.strangers or len(self._legs) >= self._ports.most:
            _log.warning("a call that was not announced was refused")
            return None
        return AudioSocketLeg(call, self._endpoints)

    async def _script(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with _Running(self._tasks):
            try:
                await self._command(await read_agi(reader, writer))
            except AgiError:
                _log.warning("a connection that isn't a dialplan was refused")
            finally:
                writer.close()

    async def _command(self, agi: Agi) -> None:
        if agi.script == "moved":
            leg = self._legs.get(agi.argument)
            if leg is not None:
                leg.moved()
            return
        if len(self._legs) >= self._ports.most:
            return  # the dialplan goes on to a person
        made: list[AudioSocketLeg] = []

        def make(came_back: CameBack | None = CameBack.OPERATOR) -> AudioSocketLeg:
            leg = AudioSocketLeg(
                str(uuid.uuid4()),
                self._endpoints,
                caller=number_of(agi.caller),
                called=number_of(agi.called),
                announced=True,
                came_back=came_back,
            )
            made.append(leg)
            self._legs[leg.id] = leg
            self._on_call(leg)
            return leg

        where = f"{self._ports.reached or self._ports.host}:{self._ports.sound}"
        try:
            await Dialplan(agi, where, make).run(make(None))
        finally:
            for leg in made:
                self._legs.pop(leg.id, None)


class _Running:
    """The task of a connection: `stop` can wait for it, and cancel it without a complaint."""

    def __init__(self, tasks: set["asyncio.Task[None]"]) -> None:
        self._tasks = tasks

    def __enter__(self) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.discard(task)
        return kind is asyncio.CancelledError


async def _call_of(reader: asyncio.StreamReader, frames: FrameReader) -> str:
    """The UUID, which comes first. Raises FrameError, OSError, EOFError, TimeoutError."""
    async with asyncio.timeout(_INTRODUCTION):
        first = frames.feed(await reader.readexactly(_UUID))
    if len(first) != 1 or first[0].kind != Kind.UUID:
        raise FrameError("something else than the UUID came first")
    return str(uuid.UUID(bytes=first[0].payload))
