"""`/desk/stewards`: 养老管家, their communities, and the list that each takes along."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field

from care.visits import stewards
from care.visits.ledger import Part, Row, Wanted, rows
from care.visits.model import Steward
from care.visits.plan import reassign
from care.visits.sentences import Sentences, VisitError
from care.visits.sheet import steward_sheet
from care.visits.stewards import Card
from console.desk.answers import go, refuse
from console.desk.download import download
from console.desk.page import page
from console.desk.visit_desk import Supervisor, Viewer, VisitDesk

HERE = "/desk/stewards"
_BETWEEN = "、，, \n"


class StewardForm(BaseModel):
    """What a supervisor filled in."""

    name: str = Field("", max_length=64)
    phone: str = Field("", max_length=40)
    regions: str = Field("", max_length=1_000)
    """Names of communities, one after the other."""
    active: bool = False
    csrf_token: str = ""


def build_router(desk: VisitDesk) -> APIRouter:
    """The stewards, one of them, and their lists."""
    router = APIRouter(prefix=HERE)
    floor = desk.floor

    def show(request: Request, status: int = 200, /, **more: object) -> Response:
        with floor.reading() as session:
            told = {"cards": stewards.everybody(session)}
        names = [each.name for each in desk.regions]
        blank = {
            "now": floor.clock(),
            "filled": StewardForm(active=True),
            "regions": names,
            "chosen": None,
        }
        return page(request, "desk/stewards.html", status, **(told | blank | more))

    @router.get("")
    def everybody(request: Request, _who: Viewer) -> Response:
        return show(request)

    @router.post("")
    def add(request: Request, who: Supervisor, filled: Annotated[StewardForm, Form()]) -> Response:
        try:
            with floor.sessions.begin() as session:
                known = _regions(desk, filled.regions)
                stewards.add(session, name=filled.name, phone=filled.phone, regions=known)
                reassign(session, desk.regions.within, by=who.name, now=floor.clock())
        except VisitError as error:
            return show(request, 422, filled=filled, problem=str(error))
        return go(request, HERE)

    @router.get("/{number}")
    def one(request: Request, _who: Supervisor, number: int) -> Response:
        card = _card(desk, number)
        filled = StewardForm(
            name=card.steward.name,
            phone=card.steward.phone,
            regions="、".join(card.regions),
            active=card.steward.active,
        )
        return show(request, filled=filled, chosen=card.steward)

    @router.post("/{number}")
    def change(
        request: Request, who: Supervisor, number: int, filled: Annotated[StewardForm, Form()]
    ) -> Response:
        card = _card(desk, number)
        try:
            with floor.sessions.begin() as session:
                known = _regions(desk, filled.regions)
                stewards.change(
                    session,
                    number,
                    name=filled.name,
                    phone=filled.phone,
                    regions=known,
                    active=filled.active,
                )
                reassign(session, desk.regions.within, by=who.name, now=floor.clock())
        except VisitError as error:
            return show(request, 422, filled=filled, chosen=card.steward, problem=str(error))
        return go(request, HERE)

    @router.get("/{number}/list")
    def printed(request: Request, _who: Viewer, number: int, month: str = "") -> Response:
        steward, found = _list(desk, number, month)
        told = {"steward": steward, "rows": found, "words": desk.words, "now": floor.clock()}
        return page(request, "desk/steward_list.html", month=desk.month(month), **told)

    @router.get("/{number}/list.xlsx")
    def workbook(_who: Viewer, number: int, month: str = "") -> Response:
        steward, found = _list(desk, number, month)
        of = desk.month(month)
        title = f"{of.year}年{of.month}月探访 {steward.name}"
        name = f"探访-{steward.name}-{of:%Y%m}.xlsx"
        return download(steward_sheet(title, found, desk.words), name)

    return router


def _regions(desk: VisitDesk, typed: str) -> list[str]:
    for sign in _BETWEEN:
        typed = typed.replace(sign, " ")
    known = [desk.regions.find(each) for each in typed.split()]
    if None in known:
        raise VisitError("region_bad")
    return list(dict.fromkeys(each.name for each in known if each))


def _card(desk: VisitDesk, number: int) -> Card:
    with desk.floor.reading() as session:
        found = [each for each in stewards.everybody(session) if each.steward.id == number]
    if not found:
        raise refuse(Sentences.say("no_steward"), 404)
    return found[0]


def _list(desk: VisitDesk, number: int, month: str) -> tuple[Steward, list[Row]]:
    steward = _card(desk, number).steward
    wanted = Wanted(desk.month(month), Part.ALL, steward_id=number)
    with desk.floor.reading() as session:
        return steward, rows(session, wanted, most=None)
