"""Answers to errors that hold below one path, beside those that hold everywhere else."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from starlette.responses import Response

from console.page_headers import is_under

Handler = Callable[[Request, Exception], Awaitable[Response]]


def answer_within(app: FastAPI, prefix: str, kind: type[Exception], handler: Handler) -> None:
    """Below `prefix` errors of this kind are answered by `handler`, elsewhere as before."""
    before = app.exception_handlers[kind]

    async def answer(request: Request, error: Exception) -> Response:
        if is_under(request.url.path, prefix):
            return await handler(request, error)
        response = before(request, error)
        return await response if isinstance(response, Awaitable) else response

    app.add_exception_handler(kind, answer)
