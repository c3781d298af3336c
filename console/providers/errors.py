"""What providers' pages answer when they can't or may not: a page with one sentence, or the way
in."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from care.canteens import refused as canteens
from care.operators import refused as desk
from care.orders.life import OrderElsewhereError, OrderNotFoundError, OrderStateError
from care.providers.refused import RefusedError
from care.providers.sentences import sentence
from console.desk.csrf import ForgedError
from console.desk.navigation import is_navigation
from console.providers.access import MustChoosePasswordError, SignedOutError
from console.providers.page import page
from console.providers.site import PREFIX
from console.providers.words import state
from console.within import answer_within

LOGIN = f"{PREFIX}/login"
PASSWORD = f"{PREFIX}/password"
_STATUS = {"office_only": 403, "not_found": 404, "locked": 429, "code_locked": 429, "busy": 503}


def register_errors(app: FastAPI) -> None:
    """After every other handler of `app`, which go on answering outside."""
    app.add_exception_handler(SignedOutError, _signed_out)
    app.add_exception_handler(MustChoosePasswordError, _must_choose)
    for kind in (
        RefusedError,
        canteens.RefusedError,
        desk.RefusedError,
        OrderStateError,
        OrderElsewhereError,
    ):
        app.add_exception_handler(kind, _refused)
    app.add_exception_handler(OrderNotFoundError, _refused)
    answer_within(app, PREFIX, ForgedError, _forged)
    answer_within(app, PREFIX, RequestValidationError, _bad)
    answer_within(app, PREFIX, HTTPException, _http)


def said(error: Exception) -> str:
    """The sentence for an error of a step."""
    if isinstance(error, OrderStateError):
        return sentence("moved_on", state=state(error.state))
    if isinstance(error, OrderElsewhereError):
        return sentence("elsewhere")
    if isinstance(error, OrderNotFoundError):
        return sentence("not_found")
    return str(error)


async def _signed_out(request: Request, _error: Exception) -> Response:
    if is_navigation(request) and request.method == "GET":
        return RedirectResponse(LOGIN, 303)
    return page(request, "provider/error.html", 401, sentence=sentence("signed_out"), sign_in=True)


async def _must_choose(_request: Request, _error: Exception) -> Response:
    return RedirectResponse(PASSWORD, 303)


async def _refused(request: Request, error: Exception) -> Response:
    status = _STATUS.get(getattr(error, "kind", ""), 409)
    return page(request, "provider/error.html", status, sentence=said(error))


async def _forged(request: Request, _error: Exception) -> Response:
    return page(request, "provider/error.html", 403, sentence=sentence("forged"))


async def _bad(request: Request, _error: Exception) -> Response:
    return page(request, "provider/error.html", 400, sentence=sentence("bad_request"))


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    kind = "not_found" if status == 404 else "bad_request"
    return page(request, "provider/error.html", status, sentence=sentence(kind))
