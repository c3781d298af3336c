"""The cookie that holds a sign-in: its name and attributes."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

_PLAIN = "desk"
_SECURE = "__Host-desk"
"""Browsers take this name only with Secure, Path=/ and no Domain (RFC 6265bis)."""


def is_secure(connection: HTTPConnection) -> bool:
    """Whether the browser came by TLS; a proxy on the loopback says so with X-Forwarded-Proto."""
    return connection.url.scheme in ("https", "wss")


def read_cookie(connection: HTTPConnection) -> str | None:
    """The token of whoever signed in. A plain cookie is never taken over TLS."""
    return connection.cookies.get(_name(connection)) or None


def set_cookie(connection: HTTPConnection, response: Response, token: str) -> None:
    """Keeps the token until the browser closes; scripts and other sites never get it."""
    response.set_cookie(
        _name(connection),
        token,
        path="/",
        secure=is_secure(connection),
        httponly=True,
        samesite="strict",
    )


def drop_cookie(connection: HTTPConnection, response: Response) -> None:
    """Makes the browser forget the token."""
    response.delete_cookie(
        _name(connection), path="/", secure=is_secure(connection), httponly=True, samesite="strict"
    )


def _name(connection: HTTPConnection) -> str:
    return _SECURE if is_secure(connection) else _PLAIN
