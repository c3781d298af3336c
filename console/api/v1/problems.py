"""What is answered instead of what was asked for: RFC 9457, with one sentence in Chinese."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from care.api_keys.sentences import Sentences

MEDIA_TYPE = "application/problem+json"
AGAIN = 5
"""Seconds until something that couldn't be stored is worth another try."""

log = structlog.get_logger(__name__)


class Unfit(BaseModel):
    """One field that can't be taken as it is."""

    field: str = Field(examples=["on"])
    code: str = Field(description="Stable.", examples=["date_past"])
    detail: str = Field(description="One sentence in Chinese.", examples=["这一天已经过去了。"])


class Money(BaseModel):
    """What an order costs, and who pays. All money in 分; null: not known."""

    price: int | None = Field(examples=[6000])
    subsidy: int = Field(examples=[1500], description="What others pay.")
    free_minutes: int = Field(examples=[0], description="Taken of the month's free hours.")
    pays: int | None = Field(examples=[4500], description="What is left for the elder.")
    decided: bool = Field(
        description="false: the community has the last word on the free hours.", examples=[True]
    )


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str = Field("about:blank", examples=["about:blank"])
    title: str = Field(description="Of the status.", examples=["Conflict"])
    status: int = Field(examples=[409])
    code: str = Field(description="Stable, for programs.", examples=["version_old"])
    detail: str = Field(
        description="One sentence in Chinese, for people.", examples=["这一条刚被别人改过。"]
    )
    errors: list[Unfit] | None = Field(None, description="Of unfit: field by field.")
    quote: Money | None = Field(None, description="Of quote_changed: what it costs now.")
    elders: list[int] | None = Field(None, description="Of maybe_duplicate and taken: whose.")


class ProblemError(Exception):
    """To be raised by routes. `more`: members of Problem beside those that all have."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(code)
        self.status, self.headers = status, dict(headers or {})
        title = HTTPStatus(status).phrase
        self.problem = Problem(title=title, status=status, code=code, detail=detail, **more)

    def answer(self) -> JSONResponse:
        """As it is sent."""
        members = self.problem.model_dump(mode="json")
        content = {name: value for name, value in members.items() if value is not None}
        return JSONResponse(content, self.status, self.headers, media_type=MEDIA_TYPE)


def unfit(sentences: Sentences, errors: Sequence[Unfit]) -> ProblemError:
    """Some fields can't be taken."""
    return ProblemError(422, "unfit", sentences.unfit, errors=list(errors))


def register_errors(app: FastAPI, sentences: Sentences) -> None:
    """Every refusal of `app` has this shape."""

    @app.exception_handler(ProblemError)
    async def told(_request: Request, error: ProblemError) -> JSONResponse:
        return error.answer()

    @app.exception_handler(RequestValidationError)
    async def bad_value(_request: Request, error: RequestValidationError) -> JSONResponse:
        return _bad_value(error, sentences).answer()

    @app.exception_handler(HTTPException)
    async def no_way(_request: Request, error: HTTPException) -> JSONResponse:
        code, told = {
            404: ("not_found", sentences.not_found),
            405: ("no_way", sentences.no_way),
        }.get(error.status_code, ("bad_json", sentences.bad_json))
        return ProblemError(error.status_code, code, told, error.headers).answer()

    @app.exception_handler(SQLAlchemyError)
    async def unavailable(_request: Request, error: SQLAlchemyError) -> JSONResponse:
        log.error("an API request could not be stored", why=type(error).__name__)
        again = {"Retry-After": str(AGAIN)}
        return ProblemError(503, "unavailable", sentences.unavailable, again).answer()

    @app.exception_handler(Exception)
    async def failed(_request: Request, error: Exception) -> JSONResponse:
        return ProblemError(500, "failed", sentences.failed).answer()


def _bad_value(error: RequestValidationError, sentences: Sentences) -> ProblemError:
    first = error.errors()[0]
    where = [str(step) for step in first["loc"]]
    missing = first["type"] == "missing"
    if where[0] == "header" and where[-1].lower() == "idempotency-key" and missing:
        return ProblemError(400, "token_missing", sentences.token_missing)
    if where[0] == "header" and where[-1].lower() == "if-match" and missing:
        return ProblemError(428, "version_missing", sentences.version_missing)
    if where == ["body"] or first["type"] == "json_invalid":
        return ProblemError(400, "bad_json", sentences.bad_json)
    field = next((step for step in where[:0:-1] if not step.isdigit()), where[-1])
    # What a sender may have made up is not repeated at any length.
    told = sentences.bad_value.format(field=field[:40])
    return ProblemError(400, "bad_value", told)
