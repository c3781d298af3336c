"""The page for elders at `/`: one template and the files of console/static."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.templating import Jinja2Templates
from starlette.staticfiles import StaticFiles

HERE = Path(__file__).resolve().parent

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""On everything served here. `no-cache` asks back each time, so an update shows at once."""


@dataclass(frozen=True)
class QuickStart:
    """A large button that says a plain sentence for the elder."""

    icon: str
    label: str
    says: str


API = "/api/chat"
"""Where the page sends what is written."""
TASKS = (
    QuickStart("money", "查补贴", "我能领什么补贴"),
    QuickStart("meal", "订饭", "我要订饭"),
    QuickStart("visit", "约上门", "我想约人上门"),
)
PERSON = QuickStart("person", "找人工", "转人工")
EMERGENCY = QuickStart("alarm", "紧急求助", "救命，我需要帮助")


_TEMPLATES = Jinja2Templates(directory=HERE / "templates")


def elder_page(request: Request, api: str = API) -> Response:
    """The page, which talks with the routes under `api`."""
    context = {"tasks": TASKS, "person": PERSON, "emergency": EMERGENCY, "api": api}
    context["can_restart"] = api == API
    return _TEMPLATES.TemplateResponse(request, "elder.html", context, headers=HEADERS)


def build_router() -> APIRouter:
    """`GET /` and `GET /static/…`."""
    router = APIRouter()
    files = StaticFiles(directory=HERE / "static")

    @router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    def page(request: Request) -> Response:
        return elder_page(request)

    @router.api_route("/static/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def static(request: Request, path: str) -> Response:
        response = await files.get_response(path, request.scope)
        response.headers.update(HEADERS)
        return response

    return router
