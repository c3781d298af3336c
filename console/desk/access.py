"""Who may come to a page: dependencies for routes.

who: Annotated[SignedIn, Depends(signed_in)]
who: Annotated[SignedIn, Depends(may(Right.WORK_ALARMS))]
"""

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.cookie import read_cookie
from console.desk.csrf import check_csrf, csrf_token
from console.desk.desk import desk_of
from console.desk.navigation import is_use


class SignedOutError(PermissionError):
    """Nobody is signed in, or not any more."""


class NotAllowedError(PermissionError):
    """Somebody is signed in who has no right to this."""


class MustChoosePasswordError(PermissionError):
    """Signed in with a password that somebody else made: their own comes first."""


async def signed_in_somehow(connection: HTTPConnection) -> SignedIn:
    """Whoever is signed in, also with a password that must be changed first.

    Raises SignedOutError, or ForgedError for a request that our own pages didn't send.
    """
    token = read_cookie(connection)
    if token is None:
        raise SignedOutError
    used = is_use(connection)
    who = await run_in_threadpool(desk_of(connection).gate.who, token, used=used)
    if who is None:
        raise SignedOutError
    await check_csrf(connection, token)
    connection.state.who, connection.state.csrf = who, csrf_token(token)
    return who


async def signed_in(connection: HTTPConnection) -> SignedIn:
    """Whoever is signed in, for a request or a WebSocket. Raises what `errors` answers."""
    who = await signed_in_somehow(connection)
    if who.must_choose_password:
        raise MustChoosePasswordError
    return who


def may(right: Right) -> Callable[[HTTPConnection], Awaitable[SignedIn]]:
    """A dependency: whoever is signed in and has `right`; others get 403."""

    async def allowed(connection: HTTPConnection) -> SignedIn:
        who = await signed_in(connection)
        if not who.may(right):
            raise NotAllowedError(right.value)
        return who

    _guards.add(allowed)
    return allowed


def asks_who(dependency: object) -> bool:
    """Whether this dependency of a route lets in nobody but who is signed in."""
    return dependency in _guards


def still_signed_in(connection: HTTPConnection) -> bool:
    """Asks again, for a stream that is open; not counted as use. Blocks: call it in a thread."""
    token = read_cookie(connection)
    return token is not None and desk_of(connection).gate.who(token, used=False) is not None


_guards: set[object] = {signed_in, signed_in_somehow}
"""Every dependency that asks who comes."""
