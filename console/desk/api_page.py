"""`/desk/api`: which systems use the REST API, and how it is used."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from care.api_keys import keys
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.api.v1.app import described
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
        with desk.reading() as session:
            found, used = keys.every(session), keys.last_used(session)
        document = described(api)
        return page(
            request,
            "desk/api.html",
            keys=found,
            used=used,
            now=desk.clock(),
            base=document["servers"][0]["url"],
            routes=_routes(document),
            schemas=_schemas(document),
        )

    return router


def _routes(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Method, path, summary, parameters, and the names of what is sent and answered."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "parameters": operation.get("parameters", []),
            "body": _content(operation["requestBody"]) if "requestBody" in operation else "",
            "answer": next(
                _content(answer)
                for code, answer in operation["responses"].items()
                if code.startswith("2")
            ),
        }
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]


def _content(holder: dict[str, Any]) -> str:
    return _name(holder["content"]["application/json"]["schema"])


def _schemas(document: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """The fields of each body and answer: name, type and meaning."""
    return {
        name: [
            {"name": field, "type": _type(of), "means": of.get("description", "")}
            for field, of in schema.get("properties", {}).items()
        ]
        for name, schema in document["components"]["schemas"].items()
        if "properties" in schema
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
