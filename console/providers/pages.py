"""Puts providers' pages into an application."""

from fastapi import FastAPI

from console.desk.guarded import check_guarded
from console.page_headers import PageHeaders
from console.providers import app_files, board_page, login_page, meals_page, order_page
from console.providers.access import asks_who
from console.providers.errors import register_errors
from console.providers.headers import HEADERS
from console.providers.site import PREFIX, ProviderSite


def install(app: FastAPI, site: ProviderSite) -> None:
    """After the desk, whose handlers go on answering outside. Raises UnguardedRouteError."""
    app.state.provider_site = site
    for router in (
        login_page.build_router(),
        board_page.build_router(),
        order_page.build_router(),
        meals_page.build_router(),
        app_files.build_router(),
    ):
        check_guarded(router, asks_who, login_page.OPEN | app_files.OPEN)
        app.include_router(router, include_in_schema=False)
    register_errors(app)
    app.add_middleware(PageHeaders, prefix=PREFIX, headers=HEADERS)
