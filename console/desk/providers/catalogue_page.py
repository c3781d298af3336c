"""`/desk/catalogue`: every service with what operators are asked about it."""

from fastapi import APIRouter, Request, Response

from care.providers import service
from console.desk.page import page
from console.desk.providers.shared import Operator, ProviderDesk


def build_router(desk: ProviderDesk) -> APIRouter:
    """Nine fields; what is changed is changed in `data/catalogue/`."""
    router = APIRouter()

    @router.get("/desk/catalogue")
    def catalogue(request: Request, _who: Operator) -> Response:
        now = desk.floor.clock()
        with desk.floor.reading() as session:
            offered = service.offered_by(session, now.date())
        context = {"catalogue": desk.catalogue, "offered": offered, "now": now}
        return page(request, "desk/providers/catalogue.html", **context)

    return router
