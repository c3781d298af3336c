"""A page as other parts of the desk write them: a form for htmx, a masked number, a question."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse

from care.operators.signed_in import SignedIn
from console.desk.access import signed_in
from console.desk.page import templates

_PAGE = """
{% extends "desk/base.html" %}
{% from "desk/parts.html" import masked_number with context %}
{% block title %}样本{% endblock %}
{% block main %}
<h1>样本</h1>
<p>{{ masked_number("elder", 1, "138****0001") }}</p>
<form hx-post="/desk/sample" hx-target="#kept" hx-confirm="要记下吗？">
  <label for="note">记一笔</label><textarea id="note" name="note"></textarea>
  <button>记下</button>
</form>
<p id="kept"></p>
{% endblock %}
"""


def build_router() -> APIRouter:
    """`/desk/sample`."""
    router = APIRouter()
    notes: list[str] = []

    @router.get("/desk/sample")
    def show(request: Request, _who: Annotated[SignedIn, Depends(signed_in)]) -> Response:
        template = templates.env.from_string(_PAGE)
        return templates.TemplateResponse(request, template)  # type: ignore[arg-type]

    @router.post("/desk/sample")
    def keep(
        _who: Annotated[SignedIn, Depends(signed_in)], note: Annotated[str, Form()]
    ) -> HTMLResponse:
        notes.append(note)
        return HTMLResponse(f"记下了 {len(notes)} 笔")

    return router
