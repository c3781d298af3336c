"""The cookie that holds a sign-in: its name and attributes."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response


def is_secure(connection: HTTPConnection) -> bool:
    """Whether the browser came by TLS; a proxy on the loopback says so with X-Forwarded-Proto."""
    return connection.url.scheme in ("https", "wss")


@dataclass(frozen=True)
class SignInCookie:
    """One kind of sign-in; two kinds in one browser don't disturb each other."""

    plain: str
    """Its name without TLS. With TLS `__Host-` comes before it: browsers take that name only with
    Secure, Path=/ and no Domain (RFC 6265bis)."""
    seconds: int | None = None
    """How long the browser keeps it; None until it is closed."""

    def read(self, connection: HTTPConnection) -> str | None:
        """The token of whoever signed in. A plain cookie is never taken over TLS."""
        return connection.cookies.get(self._name(connection)) or None

    def put(self, connection: HTTPConnection, response: Response, token: str) -> None:
        """Keeps the token; scripts and other sites never get it."""
        response.set_cookie(
            self._name(connection),
            token,
            max_age=self.seconds,
            path="/",
            secure=is_secure(connection),
            httponly=True,
            samesite="strict",
        )

    def drop(self, connection: HTTPConnection, response: Response) -> None:
        """Makes the browser forget the token."""
        response.delete_cookie(
            self._name(connection),
            path="/",
            secure=is_secure(connection),
            httponly=True,
            samesite="strict",
        )

    def _name(self, connection: HTTPConnection) -> str:
        return f"__Host-{self.plain}" if is_secure(connection) else self.plain
