"""Renders a template of the desk, with what each of them needs."""

from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from care.operators.role import Right
from console.desk.csrf import csrf_token
from console.desk.desk import desk_of
from console.desk.links import IN_SIGHT, links_for

FOLDER = Path(__file__).resolve().parent.parent / "templates"


def _everywhere(request: Request) -> dict[str, Any]:
    who = getattr(request.state, "who", None)
    links = links_for(who) if who and not who.must_choose_password else []
    return {
        "who": who,
        "csrf": getattr(request.state, "csrf", ""),
        "links": links[:IN_SIGHT],
        "more_links": links[IN_SIGHT:],
        "roles": desk_of(request).roles,
        "rights": Right,
    }


templates = Jinja2Templates(directory=FOLDER, context_processors=[_everywhere])


def page(request: Request, template: str, status: int = 200, /, **context: Any) -> Response:
    """The template as an answer; who, csrf, links, roles and rights are in its context already."""
    return templates.TemplateResponse(request, template, context, status_code=status)


def fresh_csrf(request: Request, secret: str) -> None:
    """Makes the page hold the token of another cookie than the one that came with the request."""
    request.state.csrf = csrf_token(secret)
