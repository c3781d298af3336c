"""Another system that is told: a real HTTP server that writes down what comes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import anyio.to_thread
from fastapi import FastAPI, Request, Response
from standardwebhooks import Webhook as Standard

from care.clock import SHANGHAI
from care.orders import service as orders
from care.orders.model import Order
from care.orders.wish import Wish
from care.storage.engine import Sessions
from care.webhooks import secret, service
from care.webhooks.model import Webhook, WebhookDelivery
from care.webhooks.sender import Sender
from care.webhooks.settings import WebhookSettings
from tests.care.operators.people import Time
from tests.serving import serving

LOOPBACK = WebhookSettings.model_validate({"networks": ["127.0.0.0/8"], "timeout": 5})


@dataclass
class Receiver:
    """Answers each message with the next status of `answers`, then with 204."""

    secret: str = ""
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    """Of every answer."""
    taken: list[dict[str, object]] = field(default_factory=list)
    """What it said yes to; each was signed, by another implementation's judgement."""
    came: list[str] = field(default_factory=list)
    """webhook-id of everything."""
    hold: threading.Event | None = None
    """It answers nothing before this."""
    url: str = ""
    full: threading.Event = field(default_factory=threading.Event)
    """Set as soon as it said yes to something."""

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/hook")
        async def told(request: Request) -> Response:
            body = await request.body()
            self.came.append(request.headers["webhook-id"])
            if self.hold is not None:
                await anyio.to_thread.run_sync(self.hold.wait)
            status = self.answers.pop(0) if self.answers else 204
            if status < 300:
                self.taken.append(Standard(self.secret).verify(body, dict(request.headers)))
                self.full.set()
            return Response(status_code=status, headers=self.headers)

        @app.post("/elsewhere")
        async def elsewhere() -> None:
            self.came.append("elsewhere")

        return app

    @contextmanager
    def listening(self) -> Iterator["Receiver"]:
        with serving(self.app()) as url:
            self.url = f"{url}/hook"
            yield self


@dataclass
class House:
    """The hotline's side of it. The clock begins at the real time, which signatures are of."""

    sessions: Sessions
    clock: Time = field(default_factory=lambda: Time(datetime.now(SHANGHAI)))

    def add(self, receiver: Receiver, *kinds: str, name: str = "区平台") -> int:
        """Tells it from now on; → the webhook's id."""
        with self.sessions.begin() as session:
            row, receiver.secret = service.add(
                session, name, receiver.url, kinds or ("order.*",),
                allowed=LOOPBACK.networks, by="test", now=self.clock(),
            )  # fmt: skip
            return row.id

    def sender(self, settings: WebhookSettings = LOOPBACK) -> Sender:
        """Of a process that has just begun; in the middle of a pause's chance."""
        return Sender(self.sessions, settings, self.clock, lambda: 0.5)

    def place(self) -> int:
        """An order; → its id."""
        wish = Wish("理发", self.clock().date(), "和平路1号", "王秀英", "13800000001")
        with self.sessions.begin() as session:
            return orders.place(session, wish, conversation_id=None, now=self.clock()).id

    def cancel(self, number: int) -> None:
        """The order."""
        with self.sessions.begin() as session:
            order = session.get_one(Order, number)
            orders.cancel(session, order, self.clock())

    def renew(self, number: int) -> str:
        """Of this webhook; → its new secret."""
        with self.sessions.begin() as session:
            return secret.renew(session.get_one(Webhook, number), self.clock())

    def webhook(self, number: int) -> Webhook:
        """As it is now."""
        with self.sessions() as session:
            return session.get_one(Webhook, number)

    def deliveries(self) -> list[WebhookDelivery]:
        """Oldest first."""
        with self.sessions() as session:
            return list(session.query(WebhookDelivery).order_by(WebhookDelivery.id))
