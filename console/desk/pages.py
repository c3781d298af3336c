"""Pages of the desk, and how all of them are put into an application."""

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI

from console.desk import audit_page, login_page, own_page, people_page, reveal_part
from console.desk.desk import Desk
from console.desk.errors import register_errors
from console.desk.guarded import check_guarded
from console.desk.headers import HEADERS, PREFIX
from console.page_headers import PageHeaders


def build_routers() -> list[APIRouter]:
    """Pages that need nothing but the desk: one router each."""
    return [
        login_page.build_router(),
        own_page.build_router(),
        people_page.build_router(),
        audit_page.build_router(),
        reveal_part.build_router(),
    ]


def install(app: FastAPI, desk: Desk, more: Iterable[APIRouter] = ()) -> None:
    """Puts the desk's pages, their headers and their answers to errors into `app`.

    `more`: pages that need other parts of the process, too. After the application's own exception
    handlers, which go on answering outside the desk. Raises UnguardedRouteError.
    """
    app.state.desk = desk
    for router in (*build_routers(), *more):
        check_guarded(router)
        app.include_router(router, include_in_schema=False)
    register_errors(app)
    app.add_middleware(PageHeaders, prefix=PREFIX, headers=HEADERS)
