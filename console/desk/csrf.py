"""The token against forged requests: derived from a secret cookie, sent back by page or script.

Another site can make a browser send a form, but can't read the page that the token stands in.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request

HEADER = "X-CSRF-Token"
FIELD = "csrf_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class ForgedError(PermissionError):
    """A request that changes something came without its token, or from another site."""


def csrf_token(secret: str) -> str:
    """What belongs to the cookie `secret`; tells nothing of it."""
    return hmac.new(secret.encode(), b"12349 desk csrf", hashlib.sha256).hexdigest()


async def check_csrf(connection: HTTPConnection, secret: str) -> None:
    """Raises ForgedError unless the request is safe, or ours."""
    if not isinstance(connection, Request):
        # A WebSocket has no place for a token; browsers always name its origin.
        if not same_origin(connection):
            raise ForgedError("a WebSocket from another site")
        return
    if connection.method in SAFE:
        return
    if not same_origin(connection):
        raise ForgedError("a request from another site")
    sent = connection.headers.get(HEADER) or await _field(connection)
    if not hmac.compare_digest(sent.encode(), csrf_token(secret).encode()):
        raise ForgedError("the token is missing or not of this sign-in")


def same_origin(connection: HTTPConnection) -> bool:
    """Whether one of our own pages sent this, as the browser says; also when it says nothing."""
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    # Without TLS browsers name the origin only.
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host")


async def _field(request: Request) -> str:
    if not request.headers.get("content-type", "").startswith(FORMS):
        return ""
    value = (await request.form()).get(FIELD)
    return value if isinstance(value, str) else ""
