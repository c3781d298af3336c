"""`/desk/webhooks/NUMBER`: one of them, what it was told, and what an admin does about it."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from care.webhooks import outbox, secret, service
from care.webhooks.model import Webhook
from care.webhooks.outbox import DeliveryError
from care.webhooks.sentences import sentence
from console.desk.answers import refuse
from console.desk.desk import Desk, desk_of
from console.desk.page import page
from console.desk.webhooks_page import HERE, Auditor, Manager

_LATEST = 100
"""Deliveries on the page."""
_DONE = {
    "on": "启用了，没推完的接着推。",
    "off": "停了，不再推送。",
    "test": "发出去了，过几秒刷新看结果。",
    "resent": "马上再推一次，过几秒刷新看结果。",
}


def build_router() -> APIRouter:
    """The page, and its buttons."""
    router = APIRouter(prefix=f"{HERE}/{{number:int}}")

    @router.get("")
    def one(request: Request, _who: Auditor, number: int, done: str = "") -> Response:
        desk = desk_of(request)
        with desk.reading() as session:
            webhook = _find(session, number)
            found = outbox.latest(session, number, most=_LATEST)
            counts = outbox.counts(session).get(number, {})
        told = {"webhook": webhook, "deliveries": found, "counts": counts, "most": _LATEST}
        return page(
            request, "desk/webhook.html", **told, done=_DONE.get(done, ""), now=desk.clock()
        )

    @router.post("/off")
    def off(request: Request, who: Manager, number: int) -> Response:
        desk = desk_of(request)
        with _one(desk, number) as (_session, webhook):
            service.turn_off(webhook, by=who.name, now=desk.clock())
        return _back(number, "off")

    @router.post("/on")
    def on(request: Request, _who: Manager, number: int) -> Response:
        desk = desk_of(request)
        with _one(desk, number) as (session, webhook):
            outbox.turn_on(session, webhook, desk.clock())
        return _back(number, "on")

    @router.post("/test")
    def test(request: Request, _who: Manager, number: int) -> Response:
        desk = desk_of(request)
        with _one(desk, number) as (session, webhook):
            service.try_out(session, webhook, desk.clock())
        return _back(number, "test")

    @router.post("/secret")
    def renew(request: Request, _who: Manager, number: int) -> Response:
        desk = desk_of(request)
        with _one(desk, number) as (_session, webhook):
            renewed = secret.renew(webhook, desk.clock())
        return page(request, "desk/webhook_secret.html", webhook=webhook, secret=renewed)

    @router.post("/deliveries/{delivery:int}")
    def resend(request: Request, _who: Manager, number: int, delivery: int) -> Response:
        desk = desk_of(request)
        try:
            with _one(desk, number) as (session, _webhook):
                outbox.resend(session, delivery, desk.clock(), of=number)
        except DeliveryError as error:
            raise refuse(sentence(str(error))) from error
        return _back(number, "resent")

    return router


@contextmanager
def _one(desk: Desk, number: int) -> Iterator[tuple[Session, Webhook]]:
    with desk.sessions.begin() as session:
        yield session, _find(session, number)


def _find(session: Session, number: int) -> Webhook:
    found = session.get(Webhook, number) if number < 2**31 else None
    if found is None:
        raise refuse(sentence("no_delivery"), 404)
    return found


def _back(number: int, done: str) -> Response:
    return RedirectResponse(f"{HERE}/{number}?done={done}", 303)
