"""Talking to a running assistant through `POST /api/chat`."""

from collections.abc import Callable

import httpx
from pydantic import BaseModel, Field

from evaluation.server import AnswerError, ServerError


class Reply(BaseModel):
    """One reply of `POST /api/chat`."""

    text: str
    sources: list[str] = Field(default_factory=list)
    cites: list[str] = Field(default_factory=list)


class Flags(BaseModel):
    emergency: bool
    handover: bool


class Answer(BaseModel):
    """The body of `POST /api/chat`."""

    replies: list[Reply]
    flags: Flags
    alarm_ref: str | None = None


Chat = Callable[[str, str], Answer]
"""From a sender's id and what they say to the answer."""


def chat_over_http(base_url: str, timeout: float = 20.0) -> Chat:
    """A `Chat` with a running server; raises `ServerError`, `AnswerError`; `timeout` in seconds."""
    client = httpx.Client(base_url=base_url, timeout=timeout)

    def chat(sender_id: str, text: str) -> Answer:
        try:
            response = client.post("/api/chat", json={"sender_id": sender_id, "text": text})
            response.raise_for_status()
            return Answer.model_validate(response.json())
        except httpx.ConnectError as error:
            raise ServerError(f"{base_url} is away: {error}") from error
        except (httpx.HTTPError, ValueError) as error:
            raise AnswerError(f"no usable answer: {error}") from error

    return chat
