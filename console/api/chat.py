"""`POST /api/chat`: one sentence in, what to say out."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.conversation import Conversation, Incoming
from bot.prompts import Prompts
from bot.reply import Answer
from console.limits import SenderLimit, TooFastError

MAX_TEXT = 500
"""Characters; longer texts take the dialogue engine seconds."""

SENDER = r"^[A-Za-z0-9._:@-]{1,64}$"
_VOUCHED = ("tel:", "call:", "wechat:")
"""Senders that another channel vouches for (voice.call.switchboard, care.wechat.users): nobody
writes into their talk from here."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("empty")
    return text


def _not_vouched_for(sender_id: str) -> str:
    if sender_id.startswith(_VOUCHED):
        raise ValueError("another channel's")
    return sender_id


Text = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_not_blank)]


class ChatRequest(BaseModel):
    """What a channel sends."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sender_id: Annotated[str, Field(pattern=SENDER), AfterValidator(_not_vouched_for)]
    text: Text


class ReplyOut(BaseModel):
    """One thing to say, and where it comes from."""

    text: str
    sources: list[str] = []
    cites: list[str] = []


class Flags(BaseModel):
    """Both stay true until a person closes them."""

    emergency: bool
    handover: bool


class ChatResponse(BaseModel):
    """The interface that other programs build on: kept stable."""

    replies: list[ReplyOut]
    flags: Flags
    alarm_ref: str | None


def build_router(conversation: Conversation, limit: SenderLimit) -> APIRouter:
    """The chat route."""
    router = APIRouter()

    def checked(request: ChatRequest) -> ChatRequest:
        if not limit.allows(request.sender_id):
            raise TooFastError
        return request

    @router.post("/api/chat")
    def chat(request: Annotated[ChatRequest, Depends(checked)]) -> ChatResponse:
        return respond(conversation.handle(Incoming(request.sender_id, request.text)))

    return router


def respond(answer: Answer) -> ChatResponse:
    """The answer as it goes over the wire."""
    return ChatResponse(
        replies=[
            ReplyOut(text=reply.text, sources=list(reply.sources), cites=list(reply.cites))
            for reply in answer.replies
        ],
        flags=Flags(emergency=answer.emergency, handover=answer.handover),
        alarm_ref=answer.alarm_ref,
    )


def explain(errors: list[Any], prompts: Prompts) -> str:
    """One kind sentence for what is wrong with a request."""
    first = errors[0]
    field = first["loc"][-1] if first["loc"] else ""
    if field == "sender_id":
        return prompts.bad_sender
    if field == "text" and first["type"] == "string_too_long":
        return prompts.too_long.format(limit=MAX_TEXT)
    if field == "text" and first["type"] == "value_error":
        return prompts.empty
    return prompts.bad_body


def register_errors(app: FastAPI, prompts: Prompts) -> None:
    """Bad input gets 422 (or 429) with a sentence under `detail`."""

    async def invalid(_request: Request, error: Exception) -> JSONResponse:
        found = error.errors() if isinstance(error, RequestValidationError) else []
        return JSONResponse({"detail": explain(list(found), prompts)}, 422)

    async def too_fast(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse({"detail": prompts.too_fast}, 429, {"Retry-After": "2"})

    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(TooFastError, too_fast)
