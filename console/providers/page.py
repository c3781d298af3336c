"""Renders a template of providers' pages, with what each of them needs."""

from typing import Any

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from console.desk.page import FOLDER
from console.providers.words import day, hour, left, span, state


def _everywhere(request: Request) -> dict[str, Any]:
    return {
        "who": getattr(request.state, "person", None),
        "csrf": getattr(request.state, "csrf", ""),
    }


templates = Jinja2Templates(directory=FOLDER, context_processors=[_everywhere])
templates.env.filters.update(day=day, hour=hour, left=left, span=span, state=state)


def page(request: Request, template: str, status: int = 200, /, **context: Any) -> Response:
    """The template as an answer; `who` and `csrf` are in its context already."""
    return templates.TemplateResponse(request, template, context, status_code=status)
