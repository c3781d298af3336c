"""`/desk/knowledge`: what the published policies say to a question, and where it stands."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from care.desk.entitled import entitled
from care.desk.lookup import look_up
from care.knowledge.document import Document
from care.knowledge.index import CardIndex
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.regions.region import Regions
from console.desk.access import may
from console.desk.floor import Floor
from console.desk.page import page

MOST_ASKED = 100
"""Characters of a question."""

Operator = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]
Asked = Annotated[str, Query(max_length=MOST_ASKED)]
Named = Annotated[str, Query(max_length=32)]
Age = Annotated[str, Query(max_length=3, pattern=r"^\d*$")]


def build_router(
    floor: Floor, index: CardIndex, documents: dict[str, Document], regions: Regions
) -> APIRouter:
    """The page, and its findings for the conversation's page."""
    router = APIRouter(prefix="/desk/knowledge")

    def findings(asked: str, region: str, age: str) -> dict[str, object]:
        place = regions.find(region.strip())
        name = place.name if place else region.strip()
        known = {"region": name, "age": age}
        return {
            "asked": asked.strip(),
            "region": name,
            "age": age,
            "found": look_up(index, documents, asked, name or None) if asked.strip() else [],
            "entitled": entitled(known, floor.entitlements),
            "regions": [each.name for each in regions],
        }

    @router.get("")
    def everything(
        request: Request,
        _who: Operator,
        asked: Asked = "",
        region: Named = "",
        age: Age = "",
        conversation: int | None = None,
    ) -> Response:
        told = findings(asked, region, age)
        return page(
            request, "desk/knowledge.html", **told, conversation=conversation, now=floor.clock()
        )

    @router.get("/find")
    def find(
        request: Request, _who: Operator, asked: Asked = "", region: Named = "", age: Age = ""
    ) -> Response:
        return page(request, "desk/knowledge/found.html", **findings(asked, region, age))

    return router
