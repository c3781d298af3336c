"""A dialplan that runs AGI(agi://…), pretended, over real TCP."""

import asyncio
import uuid
from dataclasses import dataclass, field

from tests.voice.line.audiosocket.pretended import Asterisk, Sounding


@dataclass
class Operator:
    """A telephone that Dial() calls."""

    status: str = "ANSWER"
    """What DIALSTATUS says in the end."""
    leaves: asyncio.Event = field(default_factory=asyncio.Event)
    """Who picked up hangs up."""


class Dialplan:
    """One caller's."""

    def __init__(self, asterisk: Asterisk, operator: Operator | None = None) -> None:
        self._asterisk = asterisk
        self._operator = operator or Operator()
        self.commands: list[str] = []
        """Without the ids of calls and ports."""
        self.sounding: asyncio.Queue[Sounding] = asyncio.Queue()
        """Each AudioSocket() that was run."""
        self.alive = False
        """When the sound ends by itself, the caller is still there."""

    async def call(self, caller: str = "13912345678") -> None:
        """Rings."""
        streams = await asyncio.open_connection("127.0.0.1", self._asterisk.ports.script)
        self._reader, self._writer = streams
        self._tell(agi_request="agi://127.0.0.1", agi_callerid=caller, agi_extension="12349")
        self.over = asyncio.create_task(self._obey())
        """Ends when the script does."""

    def hang_up(self) -> None:
        """The caller does, while we aren't commanded anything."""
        self._writer.write(b"HANGUP\n")
        self._writer.close()

    def _tell(self, **told: str) -> None:
        lines = "".join(f"{name}: {value}\n" for name, value in told.items())
        self._writer.write(f"{lines}\n".encode())

    async def _obey(self) -> None:
        while line := await self._reader.readline():
            answer = await self._do(line.decode().strip())
            self._writer.write(answer.encode() + b"\n")
        self._writer.close()

    async def _do(self, command: str) -> str:
        name, _, rest = command.partition(" ")
        if name == "EXEC":
            application, _, arguments = rest.partition(" ")
            self.commands.append(application)
            return await self._execute(application, arguments.strip('"'))
        self.commands.append(command)
        if command == "GET VARIABLE DIALSTATUS":
            return f"200 result=1 ({self._operator.status})"
        return "200 result=6" if command == "CHANNEL STATUS" else "200 result=0"

    async def _execute(self, application: str, arguments: str) -> str:
        if application == "AudioSocket":
            call, _, where = arguments.partition(",")
            assert where == f"127.0.0.1:{self._asterisk.ports.sound}"
            sounding = await self._asterisk.connect(uuid.UUID(call))
            self.sounding.put_nowait(sounding)
            orderly = await sounding.over
            lost = "200 result=-1" if self.alive else "HANGUP\n200 result=-1"
            return "200 result=0" if orderly else lost
        if application == "Dial":
            self.commands[-1] = f"Dial {arguments.rpartition('^')[0]}"
            if self._operator.status == "ANSWER":
                await self._moved(arguments.rpartition("^")[2].strip(")"))
                await self._operator.leaves.wait()
        return "200 result=0"

    async def _moved(self, call: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._asterisk.ports.script)
        told = f"agi_request: agi://127.0.0.1/moved\nagi_arg_1: {call}\n\n"
        writer.write(told.encode())
        assert await reader.read() == b""  # nothing is commanded there
        writer.close()
