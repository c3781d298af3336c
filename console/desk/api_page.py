"""`/desk/api`: which systems read through the REST API, and how it is used."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from care.api_keys import keys
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.desk import desk_of
from console.desk.page import page

Auditor = Annotated[SignedIn, Depends(may(Right.SEE_AUDIT))]


def build_router(api: FastAPI) -> APIRouter:
    """The page is made of the API's own description."""
    router = APIRouter()

    @router.get("/desk/api")
    def show(request: Request, _who: Auditor) -> Response:
        desk = desk_of(request)
        with desk.sessions() as session:
            found, used = keys.every(session), keys.last_used(session)
        described = api.openapi()
        return page(
            request,
            "desk/api.html",
            keys=found,
            used=used,
            now=desk.clock(),
            base=described["servers"][0]["url"],
            routes=_routes(described),
            schemas=_schemas(described),
        )

    return router


def _routes(described: dict[str, Any]) -> list[dict[str, Any]]:
    """Path, summary, parameters, and the name of what is answered."""
    return [
        {
            "path": path,
            "summary": get["summary"],
            "parameters": get.get("parameters", []),
            "answer": _name(get["responses"]["200"]["content"]["application/json"]["schema"]),
        }
        for path, methods in described["paths"].items()
        for get in (methods["get"],)
    ]


def _schemas(described: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """The fields of each answer: name, type and meaning."""
    return {
        name: [
            {"name": field, "type": _type(of), "means": of.get("description", "")}
            for field, of in schema.get("properties", {}).items()
        ]
        for name, schema in described["components"]["schemas"].items()
        if not name.endswith("ValidationError")
    }


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return _name(schema)
    if schema.get("type") == "array":
        return f"[{_type(schema['items'])}]"
    return str(schema.get("format") or schema.get("type", "object"))


def _name(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]
