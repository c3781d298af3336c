"""What webhooks are told, for the description: nothing here is asked for by anybody."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header
from pydantic import BaseModel, Field

from care.webhooks.kind import TOPICS


class ToldData(BaseModel):
    """Which it is; everything else is asked for under /orders/17, with a key."""

    id: int = Field(examples=[17])
    event: int = Field(description="Grows with each event of a topic.", examples=[345])


class Told(BaseModel):
    """What is sent, as https://www.standardwebhooks.com has it."""

    type: str = Field(examples=["order.accepted"])
    timestamp: datetime = Field(description="When it happened.")
    data: ToldData


def build_router() -> APIRouter:
    """One entry a topic."""
    router = APIRouter()
    for topic in TOPICS:
        router.add_api_route(
            f"{topic}.*",
            _described,
            methods=["POST"],
            name=topic,
            status_code=204,
            summary=f"Something happened to one {topic}",
            operation_id=f"{topic}_told",
            responses={410: {"description": "Nothing is sent there from now on."}},
        )
    return router


def _described(
    body: Told,
    webhook_id: Annotated[str, Header(description="The same at every attempt.")],
    webhook_timestamp: Annotated[int, Header(description="Of the attempt, seconds since 1970.")],
    webhook_signature: Annotated[
        str,
        Header(
            description="v1, and base64 of HMAC-SHA256 over id.timestamp.body. For a day after a "
            "secret was renewed there are several, with a space between them: one has to fit."
        ),
    ],
) -> None:
    """Answer 2xx within ten seconds. Anything else is tried again for a day, ever more rarely;
    what happened to one subject comes in its order, and may come twice.
    """
