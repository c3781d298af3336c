"""The receiver of home units' alarms: a thread and an event loop of its own."""

import asyncio
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AsyncExitStack

from care.clock import Clock
from care.devices.keys import DeviceKeys
from care.devices.kind import Kinds
from care.storage.engine import Sessions
from voice.line.leg import LineError
from voice.line.scaip.answering import Answering
from voice.line.scaip.codes import Codes
from voice.line.scaip.digest import Digest
from voice.line.scaip.exchange import Exchange
from voice.line.scaip.settings import ScaipSettings
from voice.line.scaip.sip import MOST
from voice.line.scaip.transport import Connections, Datagrams
from voice.line.scaip.treating import Treating

_THREADS = 8
"""Of their own: nothing is before an alarm."""


class Receiver:
    """Made with everything else, started and stopped by the web's lifespan."""

    def __init__(
        self,
        settings: ScaipSettings,
        *,
        sessions: Sessions,
        keys: DeviceKeys,
        kinds: Kinds,
        codes: Codes,
        clock: Clock,
    ) -> None:
        """Listens to nothing yet."""
        self._settings = settings
        answering = Answering(sessions, kinds, codes, clock, voice=settings.voice)
        digest = Digest(settings.realm, time.monotonic) if settings.passwords else None
        self._tls = settings.tls.context() if settings.tls else None
        self._treating = Treating(answering, sessions, keys, digest)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    def start(self) -> None:
        """Returns when it listens. Raises LineError when it can't."""
        began: Future[None] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(began)), name="scaip", daemon=True
        )
        self._thread.start()
        try:
            began.result()
        except OSError as error:
            ports = (self._settings.port, *([tls.port] if (tls := self._settings.tls) else []))
            where = " and ".join(f"{self._settings.host}:{port}" for port in ports)
            raise LineError(
                f"[scaip] can't listen on {where} ({error.strerror}): choose another host or port"
            ) from error

    def stop(self, timeout: float = 15.0) -> None:
        """Waits for alarms that are being kept, and lets go of the port."""
        if self._loop is not None and self._stop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread is not None:
            self._thread.join(timeout)

    def is_listening(self) -> bool:
        """For the health page."""
        return self._stop is not None and self._thread is not None and self._thread.is_alive()

    async def _serve(self, began: "Future[None]") -> None:
        settings = self._settings
        self._loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(_THREADS, "scaip") as threads:
            exchange = Exchange(
                self._treating,
                networks=settings.allowed_networks,
                replies_apart=settings.reply == "message",
                threads=threads,
                loop=self._loop,
            )
            async with AsyncExitStack() as closing:
                try:
                    await self._listen(exchange, closing)
                except OSError as error:
                    began.set_exception(error)
                    return
                self._stop = asyncio.Event()
                began.set_result(None)
                await self._stop.wait()

    async def _listen(self, exchange: Exchange, closing: AsyncExitStack) -> None:
        """`closing` takes no more first, then waits for what is being kept, then hangs up."""
        ours = (self._settings.host, self._settings.port)
        datagrams, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: Datagrams(exchange, ours), local_addr=ours
        )
        closing.callback(datagrams.close)
        doors = {ours: Connections(exchange, ours)}
        if self._settings.tls is not None:
            secure = (self._settings.host, self._settings.tls.port)
            doors[secure] = Connections(exchange, secure, self._tls)
        for connections in doors.values():
            closing.callback(connections.close)
        closing.push_async_callback(exchange.stop)
        for where, connections in doors.items():
            server = await asyncio.start_server(connections.serve, *where, limit=MOST)
            closing.callback(server.close)
