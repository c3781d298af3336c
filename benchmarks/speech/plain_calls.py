"""Calls to the plain loop, which runs in a process of its own."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import psutil
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.speech.load import CHUNK
from benchmarks.speech.plain_server import EOF
from benchmarks.speech.sound import WIDE, Talk, prelude

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class PlainServer:
    """A running plain loop."""

    url: str
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def mib(self) -> float:
        """Resident memory."""
        return float(self.process.memory_info().rss) / 2**20


@contextmanager
def plain_server(model: Path) -> Iterator[PlainServer]:
    """Starts it with the model in the folder `model`; it ends with the body."""
    command = [sys.executable, "-m", "benchmarks.speech.plain_server", str(model)]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None  # noqa: S101 - asked for above
            port = int(child.stdout.readline())
            yield PlainServer(f"ws://127.0.0.1:{port}", psutil.Process(child.pid))
        finally:
            child.terminate()


class PlainCalls:
    """So many connections, each sends a chunk and waits for its answer, as vosk's client does."""

    def __init__(self, server: PlainServer, talk: Talk, calls: int) -> None:
        self._url = server.url
        self._talk = talk
        self._loop = asyncio.new_event_loop()
        self._connections = self._loop.run_until_complete(self._open(calls))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.run_until_complete(self._close())
        self._loop.close()

    def tick(self, number: int) -> list[float]:
        """See `Streams.tick`."""
        messages = [
            self._talk.samples(call, number, CHUNK).tobytes()
            for call in range(len(self._connections))
        ]
        return self._loop.run_until_complete(self._send(messages))

    async def _open(self, calls: int) -> list[ClientConnection]:
        connections = [await connect(self._url, proxy=None) for _ in range(calls)]
        for call, connection in enumerate(connections):
            quiet = np.zeros(round(prelude(call) * WIDE), np.int16)
            await connection.send(quiet.tobytes())
            await connection.recv()
        return connections

    async def _send(self, messages: list[bytes]) -> list[float]:
        started = time.perf_counter()

        async def one(connection: ClientConnection, message: bytes) -> float:
            await connection.send(message)
            await connection.recv()
            return time.perf_counter() - started

        pairs = zip(self._connections, messages, strict=True)
        return [*await asyncio.gather(*(one(*pair) for pair in pairs))]

    async def _close(self) -> None:
        for connection in self._connections:
            await connection.send(EOF)
            await connection.recv()
            await connection.close()
