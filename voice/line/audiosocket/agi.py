"""FastAGI: a dialplan asks us what to do with a call, and tells who calls.

Lines of text over TCP: `agi_…: value` until an empty one, then our commands and an answer to each.
https://docs.asterisk.org/Configuration/Interfaces/Asterisk-Gateway-Interface-AGI/
"""

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_ANSWER = re.compile(r"(\d{3})[ -]?(?:result=(-?\d+)(?: \((.*)\))?)?")
_MOST = 200
"""Lines that introduce a call; Asterisk sends about 20."""


class AgiError(RuntimeError):
    """The call is gone, or who is connected isn't Asterisk."""


@dataclass(frozen=True)
class Answer:
    """What Asterisk says to a command."""

    code: int
    """200 when it was understood."""
    result: int
    """-1 when it failed, mostly since the caller hung up."""
    value: str


class Agi:
    """One dialplan that waits for us. Made by `read_agi`."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, told: dict[str, str]
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._told = told
        self.hung_up = False
        """The caller is gone; commands fail."""

    @property
    def script(self) -> str:
        """The path of the address that the dialplan asked, without slashes."""
        return urlsplit(self._told.get("agi_request", "")).path.strip("/")

    @property
    def argument(self) -> str:
        """The first that the dialplan gave."""
        return self._told.get("agi_arg_1", "")

    @property
    def caller(self) -> str:
        """As the carrier told it; `unknown` when it didn't."""
        return self._told.get("agi_callerid", "")

    @property
    def called(self) -> str:
        """The extension."""
        return self._told.get("agi_extension", "")

    async def command(self, text: str) -> Answer:
        """Waits for the answer, however long the command takes. Raises AgiError."""
        try:
            self._writer.write(text.encode("utf-8") + b"\n")
            await self._writer.drain()
            while True:
                line = await self._line()
                answer = _ANSWER.match(line)
                if answer is not None:
                    code, result, value = answer.groups()
                    self.hung_up = self.hung_up or code == "511"  # a dead channel
                    return Answer(int(code), int(result or -1), value or "")
        except (OSError, ValueError) as error:
            raise AgiError("the dialplan is gone") from error

    async def gone(self) -> None:
        """Until the caller hangs up while we don't command anything. May be cancelled."""
        try:
            while not self.hung_up:
                await self._line()
        except (AgiError, OSError, ValueError):
            self.hung_up = True

    def close(self) -> None:
        """The dialplan goes on."""
        self._writer.close()

    async def _line(self) -> str:
        line = await self._reader.readline()
        if not line:
            raise AgiError("the dialplan is gone")
        text = line.decode("utf-8", "replace").strip()
        self.hung_up = self.hung_up or text == "HANGUP"
        return text


async def read_agi(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, timeout: float = 5.0
) -> Agi:
    """What the dialplan tells at first. Raises AgiError."""
    told: dict[str, str] = {}
    try:
        async with asyncio.timeout(timeout):
            for _ in range(_MOST):
                line = await reader.readline()
                text = line.decode("utf-8", "replace").strip()
                if not line.endswith(b"\n"):
                    raise AgiError("who is connected went away")
                if not text:
                    return Agi(reader, writer, told)
                name, _, value = text.partition(":")
                told[name.strip()] = value.strip()
    except (OSError, ValueError, TimeoutError) as error:
        raise AgiError("who is connected isn't a dialplan") from error
    raise AgiError("who is connected isn't a dialplan")
