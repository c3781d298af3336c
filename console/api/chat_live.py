"""`POST /api/chat/live`: what an operator says to an elder, and how things stand, as it happens.

A stream of server-sent events:

    place  {"after": 41}                        from where the page is told; asks so next time
    said   {"id": 42, "by": "张敏", "text": …}   said by an operator; by "": the assistant
    state  {"emergency": …, "handover": …, "alarm_ref": …, "person": "张敏" or null}

It is a POST, since whoever has the sender's name can read along: a body is in no log and in no
history, an address is. Only conversations of the page itself are told of, and nothing that was
said as an answer.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from care.alarms import service as alarms
from care.changes.hub import Hub
from care.conversations import service as conversations
from care.handovers import service as handovers
from care.operators import accounts
from care.storage.engine import Sessions
from console.api.chat import SENDER
from console.limits import SenderLimit, TooFastError

CHANNEL = "web"
_LONGEST = 600.0
"""Seconds of one stream; a page that is still open asks anew."""
_PER_SENDER = 4
"""Windows of one browser that are told at a time."""
_MOST = 1_000
"""Streams of one process."""
_SLOW = 10.0
"""Seconds that a page may take for one event."""


class LiveRequest(BaseModel):
    """Who asks, and what they were told already."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sender_id: str = Field(pattern=SENDER)
    after: int | None = Field(None, ge=0)
    """The last `id` or `after` that the page knows; None for a page that is new."""


@dataclass(frozen=True)
class News:
    """What a page doesn't know yet."""

    said: tuple[tuple[int, str, str], ...]
    """Number, who, text."""
    state: dict[str, Any]


class Places:
    """Counts open streams. For one event loop."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    @contextmanager
    def take(self, sender_id: str) -> Iterator[bool]:
        """Whether there was room; given back at the end."""
        room = self._taken.total() < _MOST and self._taken[sender_id] < _PER_SENDER
        if not room:
            yield False
            return
        self._taken[sender_id] += 1
        try:
            yield True
        finally:
            self._taken[sender_id] -= 1
            if not self._taken[sender_id]:
                del self._taken[sender_id]


def build_router(sessions: Sessions, hub: Hub, limit: SenderLimit) -> APIRouter:
    """The stream for the elders' page."""
    router = APIRouter()
    places = Places()

    @router.post("/api/chat/live")
    async def live(_request: Request, asked: LiveRequest) -> Response:
        if not limit.allows(asked.sender_id):
            raise TooFastError
        stream = events(sessions, hub, places, asked, CHANNEL)
        return EventSourceResponse(stream, send_timeout=_SLOW)

    return router


async def events(
    sessions: Sessions, hub: Hub, places: Places, asked: LiveRequest, channel: str
) -> AsyncIterator[ServerSentEvent]:
    """The stream; whoever calls knows that the sender on `channel` is who they say."""
    with places.take(asked.sender_id) as room:
        number, after = await run_in_threadpool(_begin, sessions, asked, channel)
        if not room or number is None:
            return
        yield _event("place", {"after": after})
        state: dict[str, Any] = {}
        own = {("conversation", str(number)), ("handover", str(number))}
        with hub.follow(lambda topic, key: topic == "alarm" or (topic, key) in own) as follower:
            changed: frozenset[tuple[str, str]] | None = None
            while changed is None or changed:
                news = await run_in_threadpool(_news, sessions, number, after)
                for said, by, text in news.said:
                    after = said
                    yield _event("said", {"id": said, "by": by, "text": text})
                if news.state != state:
                    state = news.state
                    yield _event("state", state)
                changed = await follower.next(_LONGEST)


def _event(name: str, data: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)


def _begin(sessions: Sessions, asked: LiveRequest, channel: str) -> tuple[int | None, int]:
    """The conversation, and the utterance after which operators' words are new to the page."""
    with sessions() as session:
        row = conversations.of_sender(session, asked.sender_id, channel=channel)
        if row is None:
            return None, 0
        after = asked.after
        return row.id, conversations.newest(session, row.id) if after is None else after


def _news(sessions: Sessions, number: int, after: int) -> News:
    with sessions() as session:
        said = conversations.said_unasked(session, number, after=after)
        alarm = alarms.open_alarm(session, number)
        handover = handovers.open_handover(session, number)
        with_person = handover is not None and handover.state == "claimed"
        return News(
            tuple((each.id, _name(session, each.operator), each.text) for each in said),
            {
                "emergency": alarm is not None,
                "handover": handover is not None,
                "alarm_ref": alarm.ref if alarm else None,
                "person": _name(session, handover.operator) if handover and with_person else None,
            },
        )


def _name(session: Session, operator: str | None) -> str:
    """What an elder calls an operator."""
    if operator == conversations.UNASKED:
        return ""
    found = accounts.by_name(session, operator) if operator else None
    return found.display_name if found else "坐席"
