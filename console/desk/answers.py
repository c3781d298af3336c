"""How a page's action is answered: go somewhere, stay, or one sentence that says why not."""

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException


def go(request: Request, path: str) -> Response:
    """Sends the browser to a page of ours."""
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)


def stay(request: Request, path: str) -> Response:
    """The page `path` is open and will show by itself what changed."""
    if "hx-request" in request.headers:
        return Response(status_code=204)
    return RedirectResponse(path, 303)


def refuse(sentence: str, status: int = 409) -> HTTPException:
    """To be raised: what is said instead, in Chinese.

    Never with 422: htmx takes that for a form with what is wrong in it (desk/base.html).
    """
    return HTTPException(status, sentence)
