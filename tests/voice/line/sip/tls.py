"""A peer that tests play themselves, over TLS."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from tests.voice.line.sip.udp import Udp

Made = TypeVar("Made", bound=Udp)


def papers(folder: Path, name: str) -> Path:
    """Certificate and key of 127.0.0.1 in one file, signed by nobody else."""
    pem, certificate = folder / f"{name}.pem", folder / f"{name}.crt"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(pem), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    pem.write_bytes(certificate.read_bytes() + pem.read_bytes())
    return pem


@asynccontextmanager
async def over_tls(make: Callable[[], Made], pem: Path) -> AsyncIterator[tuple[Made, int]]:
    """What speaks UDP elsewhere, behind TLS on a free port of the loopback."""
    peer = make()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer.send = lambda data, port: writer.write(data)  # type: ignore[method-assign]
        try:
            while True:
                peer.receive(await reader.readuntil(b"\r\n\r\n"), 0)
        except (EOFError, OSError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield peer, server.sockets[0].getsockname()[1]
    finally:
        server.close()
