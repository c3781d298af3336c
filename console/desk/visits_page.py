"""`/desk/visits`: the ledger of a month, one visit, and writing down one that somebody made."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BaseModel, Field

from care.elders.model import Elder
from care.visits import figures, service
from care.visits.ledger import PAGE, Part, Wanted, counts, rows
from care.visits.model import Steward, Visit
from care.visits.month import after, before
from care.visits.sentences import Sentences, VisitError
from care.visits.service import MOST_NOTE, Report
from care.visits.state import How, State
from console.desk.answers import go, refuse
from console.desk.floor import names
from console.desk.live import LiveResponse, Parts, live, part
from console.desk.page import page
from console.desk.visit_desk import HERE, Recorder, Viewer, VisitDesk


class RecordForm(BaseModel):
    """What somebody filled in of a visit that was made."""

    how: How = How.HOME
    visitor: str = Field("", max_length=64)
    on: str = Field("", max_length=16)
    note: str = Field("", max_length=2 * MOST_NOTE)
    found: list[str] = Field([], max_length=20)
    """question:finding; empty for what wasn't looked at."""
    csrf_token: str = ""


class Asked:
    """What the ledger is filtered by, as the address says; what isn't known is left open."""

    def __init__(
        self, month: str = "", part: str = Part.TO_DO.value, region: str = "", page: int = 1
    ) -> None:
        self.month, self.region = month[:7], region[:32]
        self.part = next((each for each in Part if each.value == part), Part.TO_DO)
        self.page = max(1, min(page, 10_000))

    def address(self, **changed: object) -> str:
        """Of the ledger with something changed."""
        told = {"month": self.month, "part": self.part.value, "region": self.region, "page": ""}
        return f"{HERE}?{urlencode({k: v for k, v in (told | changed).items() if v != ''})}"


def build_router(desk: VisitDesk) -> APIRouter:
    """The ledger, one visit, and its form."""
    router = APIRouter(prefix=HERE)
    floor = desk.floor

    @router.get("")
    def ledger(request: Request, _who: Viewer, asked: Annotated[Asked, Depends()]) -> Response:
        return page(request, "desk/visits.html", **_ledger(desk, asked))

    @router.get("/live")
    async def follow(
        request: Request, who: Viewer, asked: Annotated[Asked, Depends()]
    ) -> LiveResponse:
        def render() -> Parts:
            return {"list": part(request, "desk/visits/list.html", **_ledger(desk, asked))}

        return live(request, who, floor, lambda topic, _key: topic == "visit", render, every=2.0)

    @router.get("/{number}")
    def one(request: Request, _who: Viewer, number: int) -> Response:
        return page(request, "desk/visit.html", **_visit(desk, number), filled=RecordForm())

    @router.post("/{number}")
    def record(
        request: Request, who: Recorder, number: int, filled: Annotated[RecordForm, Form()]
    ) -> Response:
        try:
            report = _report(desk, filled)
            with floor.sessions.begin() as session:
                service.record(session, number, report, by=who.name, now=floor.clock())
        except VisitError as error:
            told = {"filled": filled, "problem": str(error)}
            return page(request, "desk/visit.html", 422, **_visit(desk, number), **told)
        return go(request, f"{HERE}/{number}")

    return router


def _report(desk: VisitDesk, filled: RecordForm) -> Report:
    try:
        on = date.fromisoformat(filled.on.strip())
    except ValueError as error:
        raise VisitError("day_bad") from error
    found = (each.partition(":") for each in filled.found)
    known = tuple((code, each) for code, _, each in found if desk.findings.find(code, each))
    return Report(filled.how, filled.visitor, on, filled.note, known)


def _ledger(desk: VisitDesk, asked: Asked) -> dict[str, object]:
    month, within = desk.month(asked.month), desk.within(asked.region)
    wanted = Wanted(month, asked.part, within)
    with desk.floor.reading() as session:
        found = rows(session, wanted, first=(asked.page - 1) * PAGE)
        communities = figures.by_community(session, month)
        old = counts(session, Wanted(before(month), regions=within))[Part.MISSED]
        told = {"counts": counts(session, wanted)}
    shown = {r: f for r, f in communities.items() if within is None or r in within}
    return {
        **told,
        "asked": asked,
        "month": month,
        "before": before(month),
        "after": after(month),
        "old": old,
        "rows": found[:PAGE],
        "more": len(found) > PAGE,
        "communities": sorted(shown.items(), key=lambda each: (each[1].rate or 0.0, each[0])),
        "total": sum(shown.values(), figures.Figures()),
        "goal": desk.rules.goal,
        "parts": Part,
        "words": desk.words,
        "regions": [each.name for each in desk.regions],
        "now": desk.floor.clock(),
    }


def _visit(desk: VisitDesk, number: int) -> dict[str, object]:
    with desk.floor.reading() as session:
        visit = session.get(Visit, number)
        if visit is None:
            raise refuse(Sentences.say("no_visit"), 404)
        steward = session.get(Steward, visit.steward_id) if visit.steward_id else None
        return {
            "visit": visit,
            "elder": session.get_one(Elder, visit.elder_id),
            "steward": steward,
            "events": service.events(session, number),
            "calls": service.calls(session, number),
            "answers": service.answers(session, number),
            "names": names(session),
            "words": desk.words,
            "findings": desk.findings,
            "hows": How,
            "open": visit.state in {State.PLANNED, State.MISSED},
            "now": desk.floor.clock(),
            "most": MOST_NOTE,
        }
