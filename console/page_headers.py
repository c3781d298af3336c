"""Headers on everything under one path, errors, redirects and streams included."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STRICT_TRANSPORT = "max-age=31536000"
"""A year; only said over TLS (RFC 6797)."""


class PageHeaders:
    """Adds the headers."""

    def __init__(self, app: ASGIApp, prefix: str, headers: Mapping[str, str]) -> None:
        self._app, self._prefix, self._headers = app, prefix, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not is_under(scope["path"], self._prefix):
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = STRICT_TRANSPORT
            await send(message)

        await self._app(scope, receive, with_headers)


def is_under(path: str, prefix: str) -> bool:
    """Whether the path is the prefix or lies below it."""
    return path == prefix or path.startswith(f"{prefix}/")
