"""The world outside for tests: a web server that answers as the services do, and a mail server."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from evaluation.system import free_port
from tests.serving import serving


@dataclass
class Outside:
    """What came in, and what is answered next."""

    url: str = ""
    requests: list[tuple[str, dict[str, str], dict[str, str], Any]] = field(default_factory=list)
    """Path, query, headers, and the body as JSON or as a form."""
    answers: list[tuple[int, Any]] = field(default_factory=list)
    """Status and JSON, in this order; then 200 with what every service calls success."""
    slow: threading.Event = field(default_factory=threading.Event)
    """An answer of status 0 is held back until this is set."""

    def bodies(self) -> list[Any]:
        """All that was sent."""
        return [body for *_, body in self.requests]


@contextmanager
def outside() -> Iterator[Outside]:
    """Listens on the loopback."""
    world = Outside()
    app = FastAPI()

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def take(path: str, request: Request) -> Response:
        form = "form" in request.headers.get("content-type", "")
        raw = await request.body()
        body: Any = dict(await request.form()) if form else (await request.json() if raw else None)
        query, headers = dict(request.query_params), dict(request.headers)
        headers["raw"] = raw.decode()
        world.requests.append((f"/{path}", query, headers, body))
        status, content = world.answers.pop(0) if world.answers else (200, None)
        if status == 0:
            await _until(world.slow)
        yes = {"errcode": 0, "errmsg": "ok", "code": 0, "result": {"code": "OK"}}
        return JSONResponse(yes if content is None else content, status or 200)

    with serving(app) as url:
        world.url = url
        try:
            yield world
        finally:
            world.slow.set()


async def _until(event: threading.Event) -> None:
    await asyncio.to_thread(event.wait, 20)


class Letters:
    """aiosmtpd's handler: keeps letters, and refuses recipients at `nobody.example`."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Before the letter."""
        if address.endswith("@nobody.example"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """The letter."""
        self.envelopes.append(envelope)
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[tuple[int, Letters]]:
    """A mail server's port on the loopback, and what it got."""
    letters, port = Letters(), free_port()
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port, letters
    finally:
        controller.stop()
