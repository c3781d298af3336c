"""The service code: its picture, the card to print, a new one, none any more."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from care.elders import code
from console.desk.answers import refuse
from console.desk.elders.shared import Changer, elder_or_404
from console.desk.floor import Floor
from console.desk.page import page

_KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def build_router(floor: Floor) -> APIRouter:
    """All of it belongs to one record."""
    router = APIRouter(prefix="/desk/elders/{number:int}")

    def code_of(number: int) -> str:
        with floor.reading() as session:
            found = elder_or_404(session, number).service_code
        if found is None:
            raise refuse("还没有电子码。", 404)
        return found

    @router.get("/card")
    def card(request: Request, _who: Changer, number: int) -> Response:
        with floor.reading() as session:
            elder = elder_or_404(session, number)
        return page(request, "desk/elders/card.html", elder=elder, code=code_of(number))

    @router.get("/code.{kind}")
    def picture(_who: Changer, number: int, kind: str) -> Response:
        if kind not in _KINDS:
            raise refuse("图片有 svg 和 png 两种。", 404)
        return Response(code.picture(code_of(number), kind), media_type=_KINDS[kind])

    @router.post("/code")
    def issue(who: Changer, number: int) -> Response:
        with floor.sessions.begin() as session:
            elder = elder_or_404(session, number)
            code.issue(session, elder, by=who.name, now=floor.clock())
        return RedirectResponse(f"/desk/elders/{number}/card", 303)

    @router.post("/code/revoke")
    def revoke(who: Changer, number: int) -> Response:
        with floor.sessions.begin() as session:
            elder = elder_or_404(session, number)
            code.revoke(session, elder, by=who.name, now=floor.clock())
        return RedirectResponse(f"/desk/elders/{number}?done=changed", 303)

    return router
