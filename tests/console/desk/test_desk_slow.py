"""A browser that doesn't take what it is sent is dropped, and nobody else notices."""

import socket
import threading
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import structlog
from fastapi import FastAPI
from sse_starlette import ServerSentEvent

from console.desk.live import LiveResponse
from tests.serving import serving

LARGE = "x" * 400_000
"""More than the buffers of a socket hold, a few times over."""
SOON = 30.0


def test_a_browser_that_does_not_read_is_dropped() -> None:
    ended = threading.Event()

    async def events() -> AsyncIterator[ServerSentEvent]:
        try:
            while True:
                yield ServerSentEvent(LARGE, event="said")
        finally:
            ended.set()

    app = FastAPI()

    @app.get("/live")
    async def live() -> LiveResponse:
        return LiveResponse(events(), send_timeout=0.3)

    with structlog.testing.capture_logs() as logs, serving(app) as address:
        port = urlsplit(address).port
        with socket.create_connection(("127.0.0.1", port or 0)) as slow:
            slow.sendall(b"GET /live HTTP/1.1\r\nHost: desk\r\n\r\n")
            assert ended.wait(SOON)
        with httpx.stream("GET", f"{address}/live", trust_env=False, timeout=30) as quick:
            taken = 0
            for octets in quick.iter_raw():
                taken += len(octets)
                if taken > 5 * len(LARGE):
                    break
    assert [entry["event"] for entry in logs] == ["slow page dropped"]
