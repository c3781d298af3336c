"""The API as an application of its own, with its description, to be mounted at /api/v1."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from care.api_keys.keys import Caller
from care.report.build import Builder
from console.api.v1 import figures, lists
from console.api.v1.access import Access
from console.api.v1.shapes import Problem

PREFIX = "/api/v1"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
}
_ABOUT = """Read what the 12349 hotline holds, with a key that its administrator made:
`Authorization: Bearer hk_…`. Every request with a key is written down. Lists come in portions:
ask again with `after` until it is null. Days and moments are those of Asia/Shanghai."""


def build_app(access: Access, builder: Builder) -> FastAPI:
    """Everything needs a key, the description too."""
    refusals: dict[int | str, dict[str, Any]] = {
        code: {"model": Problem} for code in (400, 401, 403, 404, 429)
    }
    app = FastAPI(
        title="12349",
        version="1",
        description=_ABOUT,
        openapi_url=None,
        servers=[{"url": PREFIX}],
        responses=refusals,
    )
    reader = Annotated[Caller, Depends(access.needs())]

    @app.exception_handler(RequestValidationError)
    async def bad_value(_request: Request, error: RequestValidationError) -> JSONResponse:
        field = str(error.errors()[0]["loc"][-1])
        return JSONResponse({"detail": access.sentences.bad_value.format(field=field)}, 400)

    @app.middleware("http")
    async def safe(request: Request, call_next: Any) -> Any:
        response = await call_next(request)
        response.headers.update(_HEADERS)
        return response

    @app.get("/openapi.json", include_in_schema=False)
    def description(_caller: reader) -> JSONResponse:
        return JSONResponse(app.openapi())

    app.include_router(lists.build_router(access))
    app.include_router(figures.build_router(access, builder))
    return app
