"""What the desk answers when it can't or may not: a page, a sentence for htmx, or the way in."""

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from care.operators.sentences import sentence
from console.desk.access import MustChoosePasswordError, NotAllowedError, SignedOutError
from console.desk.csrf import ForgedError
from console.desk.headers import PREFIX
from console.desk.navigation import is_navigation
from console.desk.page import page
from console.within import Handler, answer_within

SIGNED_OUT_CODE = 4401
"""A WebSocket ends with it when nobody is signed in (RFC 6455 leaves 4000 to 4999 to us)."""
NOT_ALLOWED_CODE = 4403


def register_errors(app: FastAPI) -> None:
    """After every other handler of `app`, which go on answering outside the desk."""
    app.add_exception_handler(SignedOutError, _signed_out)
    app.add_exception_handler(MustChoosePasswordError, _must_choose)
    app.add_exception_handler(NotAllowedError, _refusing("not_allowed", 403, NOT_ALLOWED_CODE))
    app.add_exception_handler(ForgedError, _refusing("forged", 403, NOT_ALLOWED_CODE))
    # 422 is a form with what is wrong in it, which htmx puts into the page; this is a sentence.
    answer_within(
        app, PREFIX, RequestValidationError, _refusing("bad_request", 400, NOT_ALLOWED_CODE)
    )
    answer_within(app, PREFIX, HTTPException, _http)


async def _signed_out(request: Request, _error: Exception) -> Response:
    if await _closed(request, SIGNED_OUT_CODE):
        return _Nothing()
    # A form keeps what was typed: desk.js asks for the password over the page.
    if request.method == "GET" and is_navigation(request):
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/desk/login?next={quote(path)}", 303)
    if "hx-request" in request.headers or not is_navigation(request):
        return JSONResponse({"detail": sentence("signed_out")}, 401)
    return page(request, "desk/error.html", 401, sentence=sentence("signed_out"), sign_in=True)


async def _must_choose(request: Request, _error: Exception) -> Response:
    if await _closed(request, NOT_ALLOWED_CODE):
        return _Nothing()
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"HX-Redirect": "/desk/me"})
    return RedirectResponse("/desk/me", 303)


def _refusing(kind: str, status: int, code: int) -> Handler:
    async def refuse(request: Request, _error: Exception) -> Response:
        if await _closed(request, code):
            return _Nothing()
        return _told(request, sentence(kind), status)

    return refuse


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    text = sentence("not_found") if status == 404 else sentence("bad_request")
    detail = getattr(error, "detail", None)
    # What a page of ours says is Chinese; Starlette's own words ("Not Found") are not for users.
    if isinstance(detail, str) and not detail.isascii():
        text = detail
    return _told(request, text, status)


def _told(request: Request, text: str, status: int) -> Response:
    if "hx-request" in request.headers:
        return PlainTextResponse(text, status)
    if is_navigation(request):
        return page(request, "desk/error.html", status, sentence=text)
    return JSONResponse({"detail": text}, status)


class _Nothing(Response):
    """To a WebSocket that was closed there is nothing to answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""


async def _closed(connection: HTTPConnection, code: int) -> bool:
    if not isinstance(connection, WebSocket):
        return False
    await connection.close(code)
    return True
