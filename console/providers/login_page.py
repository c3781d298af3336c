"""`/provider/login`, `/provider/logout`, and `/provider/password` for whoever came with a one-time
password."""

import secrets
from typing import Annotated

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from care.operators import refused as desk
from care.operators.gate import Credentials
from care.operators.sentences import sentence as desk_sentence
from care.providers.refused import RefusedError
from care.providers.signed_in import ProviderPerson
from console.desk.csrf import check_csrf, csrf_token
from console.desk.login_page import AT_ONCE, WAITING
from console.providers.access import person_somehow
from console.providers.errors import LOGIN, PASSWORD
from console.providers.page import page
from console.providers.site import COOKIE, PREFIX, site_of

OPEN = frozenset({LOGIN})
"""Where nobody need be signed in; it looks at the cookie itself."""
_STATUS = {"locked": 429, "busy": 503, "sign_in_wrong": 401}

Text = Annotated[str, Form(max_length=200)]
Somebody = Annotated[ProviderPerson, Depends(person_somehow)]


def build_router() -> APIRouter:
    """The way in and out."""
    router = APIRouter()
    turns = CapacityLimiter(AT_ONCE)

    @router.get(LOGIN)
    def form(request: Request) -> Response:
        token = COOKIE.read(request)
        if token and site_of(request).gate.who(token):
            return RedirectResponse(PREFIX, 303)
        return _form(request)

    @router.post(LOGIN)
    async def sign_in(request: Request, name: Text = "", password: Text = "") -> Response:
        before = COOKIE.read(request) or ""
        await check_csrf(request, before)
        address = request.client.host if request.client else ""
        try:
            if turns.statistics().tasks_waiting >= WAITING:
                raise RefusedError("busy")
            token, must_choose = await anyio.to_thread.run_sync(
                site_of(request).gate.sign_in,
                Credentials(name, password, "", address),
                before,
                limiter=turns,
            )
        except RefusedError as error:
            return _form(request, _STATUS[error.kind], name=name, problem=str(error))
        response = RedirectResponse(PASSWORD if must_choose else PREFIX, 303)
        COOKIE.put(request, response, token)
        return response

    @router.post(f"{PREFIX}/logout")
    def sign_out(request: Request, _who: Somebody) -> Response:
        site_of(request).gate.sign_out(COOKIE.read(request) or "")
        response = RedirectResponse(LOGIN, 303)
        COOKIE.drop(request, response)
        return response

    @router.get(PASSWORD)
    def choose(request: Request, who: Somebody) -> Response:
        if not who.must_choose_password:
            return RedirectResponse(PREFIX, 303)
        return page(request, "provider/password.html", problem="")

    @router.post(PASSWORD)
    def chosen(request: Request, who: Somebody, new: Text = "", again: Text = "") -> Response:
        problem = "" if new == again else desk_sentence("password_unequal")
        if not problem:
            try:
                token = site_of(request).gate.choose_password(who.id, new)
            except desk.RefusedError as error:
                problem = str(error)
        if problem:
            return page(request, "provider/password.html", 422, problem=problem)
        response = RedirectResponse(PREFIX, 303)
        COOKIE.put(request, response, token)
        return response

    return router


def _form(request: Request, status: int = 200, *, name: str = "", problem: str = "") -> Response:
    # The token against forged requests needs a cookie before anybody is signed in.
    secret = COOKIE.read(request) or secrets.token_urlsafe(32)
    request.state.csrf = csrf_token(secret)
    response = page(request, "provider/login.html", status, name=name, problem=problem)
    COOKIE.put(request, response, secret)
    return response
