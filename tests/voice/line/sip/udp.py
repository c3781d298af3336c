"""A UDP socket of the loopback, for peers that tests play themselves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar, cast


class Udp(asyncio.DatagramProtocol):
    """To be extended: says what happens with what comes."""

    transport: asyncio.DatagramTransport
    port: int

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Python 3.11's own transport doesn't say that it is a DatagramTransport.
        self.transport = cast(asyncio.DatagramTransport, transport)
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.receive(data, addr[1])

    def receive(self, data: bytes, port: int) -> None:
        """A datagram from a port of the loopback."""
        raise NotImplementedError

    def send(self, data: bytes, port: int) -> None:
        """To a port of the loopback."""
        if not self.transport.is_closing():
            self.transport.sendto(data, ("127.0.0.1", port))


Made = TypeVar("Made", bound=Udp)


@asynccontextmanager
async def opened(make: Callable[[], Made]) -> AsyncIterator[Made]:
    """A socket on a free port."""
    loop = asyncio.get_running_loop()
    transport, made = await loop.create_datagram_endpoint(make, local_addr=("127.0.0.1", 0))
    try:
        yield made
    finally:
        transport.close()
