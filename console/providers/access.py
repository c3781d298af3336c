"""Who may come to a page of providers: dependencies for routes."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from care.providers.refused import RefusedError
from care.providers.signed_in import ProviderPerson
from console.desk.csrf import check_csrf, csrf_token
from console.providers.site import COOKIE, site_of


class SignedOutError(PermissionError):
    """Nobody of a provider is signed in, or not any more."""


class MustChoosePasswordError(PermissionError):
    """Signed in with a password that somebody else made: their own comes first."""


async def person_somehow(request: Request) -> ProviderPerson:
    """Whoever is signed in, also with a password that must be changed first.

    Raises SignedOutError, or ForgedError for a request that our own pages didn't send.
    """
    token = COOKIE.read(request)
    who = await run_in_threadpool(site_of(request).gate.who, token) if token else None
    if token is None or who is None:
        raise SignedOutError
    await check_csrf(request, token)
    request.state.person, request.state.csrf = who, csrf_token(token)
    return who


async def person(request: Request) -> ProviderPerson:
    """Whoever is signed in. Raises what `errors` answers."""
    who = await person_somehow(request)
    if who.must_choose_password:
        raise MustChoosePasswordError
    return who


async def office(request: Request) -> ProviderPerson:
    """Whoever takes offers and says who goes; a worker gets 403."""
    who = await person(request)
    if not who.office:
        raise RefusedError("office_only")
    return who


def asks_who(dependency: object) -> bool:
    """Whether this dependency of a route lets in nobody but who is signed in."""
    return dependency in (person_somehow, person, office)


Anyone = Annotated[ProviderPerson, Depends(person)]
Office = Annotated[ProviderPerson, Depends(office)]
