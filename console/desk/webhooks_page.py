"""`/desk/webhooks`: which other systems are told of what happens; admins add them."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BaseModel, Field

from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.webhooks import kind, outbox, service
from care.webhooks.address import Network
from care.webhooks.service import WebhookError
from console.desk.access import may
from console.desk.desk import desk_of
from console.desk.page import page

HERE = "/desk/webhooks"
TOPIC_WORDS = {
    "order": "订单",
    "visit": "探访",
    "alarm": "报警",
    "elder": "老人档案",
    "benefit": "政策找人",
}

Auditor = Annotated[SignedIn, Depends(may(Right.SEE_AUDIT))]
Manager = Annotated[SignedIn, Depends(may(Right.MANAGE_WEBHOOKS))]


class WebhookForm(BaseModel):
    """What an admin filled in."""

    name: str = Field("", max_length=200)
    url: str = Field("", max_length=1000)
    topics: list[str] = Field([], max_length=20)
    """Kinds that are ticked: order.*"""
    more: str = Field("", max_length=1000)
    """Single kinds, with spaces between them."""
    csrf_token: str = ""


def build_router(allowed: Sequence[Network]) -> APIRouter:
    """The list and its form. `allowed`: private networks that may be told."""
    router = APIRouter(prefix=HERE)

    def show(request: Request, filled: WebhookForm, problems: dict[str, str]) -> Response:
        with desk_of(request).reading() as session:
            found, counts = service.every(session), outbox.counts(session)
        return page(
            request,
            "desk/webhooks.html",
            422 if problems else 200,
            webhooks=found,
            counts=counts,
            filled=filled,
            problems=problems,
            topics={kind.whole(topic): TOPIC_WORDS[topic] for topic in kind.TOPICS},
        )

    @router.get("")
    def everything(request: Request, _who: Auditor) -> Response:
        return show(request, WebhookForm(), {})

    @router.post("")
    def add(request: Request, who: Manager, filled: Annotated[WebhookForm, Form()]) -> Response:
        desk = desk_of(request)
        kinds = [*filled.topics, *filled.more.replace("、", " ").replace(",", " ").split()]
        try:
            with desk.sessions.begin() as session:
                row, secret = service.add(
                    session,
                    filled.name,
                    filled.url,
                    kinds,
                    allowed=allowed,
                    by=who.name,
                    now=desk.clock(),
                )
        except WebhookError as error:
            return show(request, filled, {error.field: str(error)})
        # Shown in the answer itself: nowhere it could be read a second time.
        return page(request, "desk/webhook_secret.html", webhook=row, secret=secret)

    return router
