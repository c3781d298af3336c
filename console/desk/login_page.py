"""`/desk/login`, `/desk/logout`, `/desk` (home) and `/desk/here` (is my sign-in still on?)."""

import secrets
from typing import Annotated
from urllib.parse import urlsplit

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from care.operators.gate import Credentials
from care.operators.refused import RefusedError
from care.operators.signed_in import SignedIn
from console.desk.access import SignedOutError, signed_in, signed_in_somehow
from console.desk.cookie import drop_cookie, read_cookie, set_cookie
from console.desk.csrf import check_csrf, csrf_token
from console.desk.desk import desk_of
from console.desk.links import ALONE, home_of
from console.desk.navigation import is_navigation
from console.desk.page import fresh_csrf, page

AT_ONCE = 2
"""Sign-ins computed at a time. They wait outside the threads that callers' sentences need."""
WAITING = 50
"""Sign-ins that may wait for that; further ones are sent away."""
STATUS = {"locked": 429, "busy": 503, "sign_in_wrong": 401}

Text = Annotated[str, Form(max_length=200)]


def build_router() -> APIRouter:
    """The way in and out."""
    router = APIRouter()
    turns = CapacityLimiter(AT_ONCE)

    @router.get("/desk")
    def home(who: Annotated[SignedIn, Depends(signed_in)]) -> Response:
        return RedirectResponse(home_of(who), 303)

    @router.get("/desk/login")
    def form(request: Request, next: str = "") -> Response:
        token = read_cookie(request)
        if token and desk_of(request).gate.who(token):
            return RedirectResponse(safe_path(next), 303)
        return _form(request, to=next)

    @router.post("/desk/login")
    async def sign_in(
        request: Request,
        name: Text = "",
        password: Text = "",
        code: Text = "",
        next: Text = "",
    ) -> Response:
        before = read_cookie(request) or ""
        await check_csrf(request, before)
        address = request.client.host if request.client else ""
        typed = Credentials(name, password, code, address)
        try:
            if turns.statistics().tasks_waiting >= WAITING:
                raise RefusedError("busy")
            token, who = await anyio.to_thread.run_sync(
                desk_of(request).gate.sign_in, typed, before, limiter=turns
            )
        except RefusedError as error:
            return _refused(request, error, name, next)
        response: Response
        if is_navigation(request):
            response = RedirectResponse(ALONE if who.must_choose_password else safe_path(next), 303)
        else:
            response = JSONResponse({"csrf": csrf_token(token), "name": who.name})
        set_cookie(request, response, token)
        return response

    @router.post("/desk/logout")
    def sign_out(
        request: Request, _who: Annotated[SignedIn, Depends(signed_in_somehow)]
    ) -> Response:
        desk_of(request).gate.sign_out(read_cookie(request) or "")
        response = RedirectResponse("/desk/login", 303)
        drop_cookie(request, response)
        return response

    @router.get("/desk/here")
    def is_on(request: Request) -> Response:
        """How long this sign-in lasts if nobody does anything; asking isn't use."""
        token, desk = read_cookie(request), desk_of(request)
        who = desk.gate.who(token, used=False) if token else None
        if token is None or who is None:
            raise SignedOutError
        seconds = (who.ends_at - desk.clock()).total_seconds()
        return JSONResponse({"csrf": csrf_token(token), "name": who.name, "seconds": int(seconds)})

    @router.post("/desk/here", status_code=204)
    def use(_who: Annotated[SignedIn, Depends(signed_in_somehow)]) -> None:
        """Somebody typed, or moved the mouse."""

    return router


def safe_path(path: str) -> str:
    """`path` if it is one of the desk's own pages, or home: a link never leads elsewhere."""
    parts = urlsplit(path)
    ours = not parts.scheme and not parts.netloc and parts.path.startswith("/desk/")
    if not ours or "\\" in path or not path.isprintable() or parts.path == "/desk/login":
        return "/desk"
    return path


def _form(
    request: Request, status: int = 200, *, to: str, name: str = "", problem: str = ""
) -> Response:
    # The token against forged requests needs a cookie before anybody is signed in.
    secret = read_cookie(request) or secrets.token_urlsafe(32)
    fresh_csrf(request, secret)
    response = page(request, "desk/login.html", status, next=to, name=name, problem=problem)
    set_cookie(request, response, secret)
    return response


def _refused(request: Request, error: RefusedError, name: str, to: str) -> Response:
    status = STATUS[error.kind]
    if is_navigation(request):
        return _form(request, status, to=to, name=name, problem=str(error))
    return JSONResponse({"detail": str(error)}, status)
