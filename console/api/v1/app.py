"""The API as an application of its own, with its description, to be mounted at /api/v1."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse

from care.api_keys.keys import Caller
from care.report.build import Builder
from care.visits.findings import Findings
from console.api.v1 import elder_writes, figures, lists, order_writes, told, visit_writes
from console.api.v1.access import Access
from console.api.v1.ordering import Ordering
from console.api.v1.problems import MEDIA_TYPE, Problem, register_errors

PREFIX = "/api/v1"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
}
_ABOUT = """What other systems may read and write of the 12349 hotline, with a key that its
administrator made: `Authorization: Bearer hk_…`. Every request with a key is written down.

Lists come in portions: ask again with `after` until it is null. Days and moments are those of
Asia/Shanghai. What makes something needs an `Idempotency-Key`, what changes something an `If-Match`
with the `ETag` that was read. A refusal is a problem (RFC 9457) with a stable `code`.

Alarms are not raised here but by `POST /api/alarms`, signed with a device's own key: they wait for
no token and no limit of this door (docs/devices.md)."""


def build_app(access: Access, builder: Builder, ordering: Ordering, findings: Findings) -> FastAPI:
    """Everything needs a key, the description too."""
    refusals: dict[int | str, dict[str, Any]] = {
        code: {"model": Problem} for code in (400, 401, 403, 404, 413, 429, 503)
    }
    app = FastAPI(
        title="12349",
        version="1",
        description=_ABOUT,
        openapi_url=None,
        servers=[{"url": PREFIX}],
        responses=refusals,
        webhooks=told.build_router(),
    )
    reader = Annotated[Caller, Depends(access.needs())]
    register_errors(app, access.sentences)

    @app.middleware("http")
    async def safe(request: Request, call_next: Any) -> Any:
        response = await call_next(request)
        response.headers.update(_HEADERS)
        return response

    @app.get("/openapi.json", include_in_schema=False)
    def description(_caller: reader) -> JSONResponse:
        return JSONResponse(described(app))

    for router in (
        lists.build_router(access),
        figures.build_router(access, builder),
        order_writes.build_router(ordering),
        elder_writes.build_router(access),
        visit_writes.build_router(access, findings),
    ):
        app.include_router(router)
    return app


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with what FastAPI gets wrong put right: refusals have their own media
    type, and a value that is none is answered with 400."""
    document = app.openapi()
    for operations in (*document["paths"].values(), *document["webhooks"].values()):
        for operation in operations.values():
            responses = operation["responses"]
            for code, response in list(responses.items()):
                content = response.get("content", {})
                if not code.startswith("2") and "application/json" in content:
                    content[MEDIA_TYPE] = content.pop("application/json")
                if "HTTPValidationError" in str(content):
                    del responses[code]
    for gone in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(gone, None)
    return document
