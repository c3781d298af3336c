"""A route of the desk that forgets to ask who comes stops the start."""

from collections.abc import Callable, Collection, Iterator

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIWebSocketRoute

from console.desk.access import asks_who

OPEN = frozenset({"/desk/login", "/desk/here"})
"""Where nobody need be signed in; both look at the cookie themselves."""


class UnguardedRouteError(RuntimeError):
    """A route lets everybody in."""


def check_guarded(
    router: APIRouter,
    asks: Callable[[object], bool] = asks_who,
    open_to_all: Collection[str] = OPEN,
) -> None:
    """Raises UnguardedRouteError for a route with no dependency that `asks` who comes."""
    for route in router.routes:
        path = getattr(route, "path", "")
        asked = _all(route.dependant) if isinstance(route, APIRoute | APIWebSocketRoute) else ()
        if path not in open_to_all and not any(asks(each.call) for each in asked):
            raise UnguardedRouteError(
                f"{path} asks nobody who they are: add a dependency that does, as may(right)"
            )


def _all(dependant: Dependant) -> Iterator[Dependant]:
    for each in dependant.dependencies:
        yield each
        yield from _all(each)
