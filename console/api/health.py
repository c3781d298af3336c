"""`GET /healthz` (the process lives) and `GET /readyz` (each dependency by name)."""

from collections.abc import Callable, Mapping

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse

log = structlog.get_logger(__name__)

Check = Callable[[], bool]


def build_router(checks: Mapping[str, Check]) -> APIRouter:
    """`checks`: each dependency's name and whether it answers."""
    router = APIRouter()

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    def readyz() -> JSONResponse:
        found = {name: _state(name, check) for name, check in checks.items()}
        ready = all(state == "ok" for state in found.values())
        body = {"status": "ok" if ready else "unavailable", "dependencies": found}
        return JSONResponse(body, 200 if ready else 503)

    return router


def _state(name: str, check: Check) -> str:
    try:
        return "ok" if check() else "unavailable"
    except Exception as error:
        log.warning("readiness check failed", dependency=name, error=type(error).__name__)
        return "unavailable"
