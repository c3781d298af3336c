"""`/provider`: the offers that wait, what is to be done today, what comes."""

from fastapi import APIRouter, Request, Response

from care.providers.board import board
from care.providers.signed_in import ProviderPerson
from console.providers.access import Anyone
from console.providers.page import page
from console.providers.site import PREFIX, site_of


def build_router() -> APIRouter:
    """The list, and its part that the open page fetches again and again."""
    router = APIRouter()

    @router.get(PREFIX)
    def everything(request: Request, who: Anyone) -> Response:
        return page(request, "provider/board.html", **_context(request, who))

    @router.get(f"{PREFIX}/list")
    def fresh(request: Request, who: Anyone) -> Response:
        return page(request, "provider/list.html", **_context(request, who))

    return router


def _context(request: Request, who: ProviderPerson) -> dict[str, object]:
    site = site_of(request)
    now = site.clock()
    with site.reading() as session:
        found = board(session, who, now)
    return {"board": found, "catalogue": site.catalogue, "now": now}
