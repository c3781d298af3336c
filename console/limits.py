"""Limits on what comes in: how often, and how large."""

import json
from collections.abc import Mapping

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class TooFastError(RuntimeError):
    """A sender is over the limit."""


class SenderLimit:
    """At most `count` utterances of one sender in `seconds`."""

    def __init__(self, count: int = 30, seconds: int = 2) -> None:
        self._item = RateLimitItemPerSecond(count, seconds)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allows(self, sender_id: str) -> bool:
        """Counts one utterance; False when it is one too many."""
        return self._limiter.hit(self._item, sender_id)


class BodyLimit:
    """Refuses a request body over `limit` bytes, announced or not, with 413.

    `larger`: paths that take files, and how many bytes each takes.
    """

    def __init__(
        self, app: ASGIApp, limit: int, sentence: str, larger: Mapping[str, int] | None = None
    ) -> None:
        self._app, self._limit, self._sentence = app, limit, sentence
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["path"].startswith("/actions/"):
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > limit:
            await self._refuse(send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > limit:
                await self._refuse(send)
                return
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return pending.pop() if pending else await receive()

        await self._app(scope, replay, send)

    async def _refuse(self, send: Send) -> None:
        problem = {  # RFC 9457, as console.api.v1.problems has it
            "type": "about:blank",
            "title": "Content Too Large",
            "status": 413,
            "code": "too_large",
            "detail": self._sentence,
        }
        body = json.dumps(problem, ensure_ascii=False).encode()
        headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": body})
