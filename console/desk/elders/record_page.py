"""`/desk/elders/NUMBER`: one record, to read, to follow and to correct."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from care.canteens.menu import recheck
from care.desk.leaving import hold, set_state
from care.elders.ability import assessments
from care.elders.consent import WORDS, current
from care.elders.contact import MOST, contacts
from care.elders.entry import read_entry
from care.elders.event import events
from care.elders.field import BY_NAME, FIELDS
from care.elders.lists import own_lists
from care.elders.model import ACTIVE, DECEASED, MOVED, Elder
from care.elders.sentences import sentence
from care.elders.service import by_phone
from care.elders.writing import TakenError, correct
from care.orders.steps import Act
from care.visits.outcome import ASSISTANT
from console.desk.answers import refuse
from console.desk.elders.form import choices, typed_fields
from console.desk.elders.shared import Changer, Reader, elder_or_404
from console.desk.floor import Floor, names
from console.desk.live import LiveResponse, Parts, live, part
from console.desk.page import page

EVENTS = 30
DONE = {
    "added": "档案建好了。",
    "changed": "改好了。",
    "same": "没有要改的。",
    "merged": "两份档案合并好了。",
    "ended": "改好了。以后的订单、固定的单子和探访都停了。",
}
HOW = "desk"

Typed = Annotated[Mapping[str, str], Depends(typed_fields)]


def build_router(floor: Floor) -> APIRouter:
    """The page, its stream, and the form."""
    router = APIRouter(prefix="/desk/elders")

    @router.get("/{number:int}")
    def show(request: Request, _who: Reader, number: int, done: str = "") -> Response:
        with floor.reading() as session:
            elder = elder_or_404(session, number)
            if elder.merged_into_id is not None:
                return RedirectResponse(f"/desk/elders/{elder.merged_into_id}", 303)
            context = record_context(session, floor, elder)
        return page(request, "desk/elders/record.html", done=DONE.get(done, ""), **context)

    @router.get("/{number:int}/live")
    async def follow(request: Request, who: Reader, number: int) -> LiveResponse:
        def render() -> Parts:
            with floor.reading() as session:
                context = record_context(session, floor, elder_or_404(session, number))
            parts = ("facts", "history", "state")
            return {
                name: part(request, f"desk/elders/record/{name}.html", **context) for name in parts
            }

        def matters(topic: str, key: str) -> bool:
            return (topic, key) == ("elder", str(number))

        return live(request, who, floor, matters, render)

    @router.get("/{number:int}/edit")
    def edit(request: Request, _who: Changer, number: int) -> Response:
        with floor.reading() as session:
            elder = _readable(elder_or_404(session, number))
        shown = {field.name: field.show(elder) for field in FIELDS}
        return _form(request, elder, {**shown, "phone": "", "identity": ""}, {})

    @router.post("/{number:int}")
    def change(request: Request, who: Changer, number: int, typed: Typed) -> Response:
        # Both are hidden on the form: left empty they stay.
        meant = {
            name: text for name, text in typed.items() if text or name not in ("phone", "identity")
        }
        entry = read_entry(meant, own_lists(), floor.clock().date())
        with floor.reading() as session:
            elder = _readable(elder_or_404(session, number))
        if entry.problems:
            return _form(request, elder, typed, entry.problems)
        try:
            with floor.sessions.begin() as session:
                act = Act(who.name, floor.clock(), HOW)
                hold(session, number, act.now.date())
                row = elder_or_404(session, number)
                changed = correct(session, row, entry.values, by=act.by, now=act.now)
                if "allergies" in changed:
                    recheck(session, number, act)
        except TakenError as error:
            told = sentence("taken", number=error.elder_id)
            return _form(request, elder, typed, {error.field: told})
        return RedirectResponse(
            f"/desk/elders/{number}?done={'changed' if changed else 'same'}", 303
        )

    @router.post("/{number:int}/state")
    def leave(who: Changer, number: int, state: Annotated[str, Form()]) -> Response:
        if state not in (ACTIVE, MOVED, DECEASED):
            raise refuse("只能选在册、迁出或者去世。", 400)
        ended = 0
        with floor.sessions.begin() as session:
            elder = elder_or_404(session, number)
            if elder.merged_into_id is None:
                act = Act(who.name, floor.clock(), HOW)
                ended = set_state(session, elder, state, act)
        return RedirectResponse(
            f"/desk/elders/{number}?done={'ended' if ended else 'changed'}", 303
        )

    return router


def record_context(session: Session, floor: Floor, elder: Elder) -> dict[str, Any]:
    """What the page and its parts show."""
    return {
        "elder": elder,
        "housemates": [each for each in by_phone(session, elder.phone) if each.id != elder.id],
        "fields": FIELDS,
        "by_name": BY_NAME,
        "region_path": own_lists().regions.path(elder.region or ""),
        "contacts": contacts(session, elder.id),
        "most_contacts": MOST,
        "consents": current(session, elder.id),
        "consent_words": WORDS,
        "assessments": assessments(session, elder.id),
        "events": events(session, elder.id, count=EVENTS),
        "names": {ASSISTANT: "助手", **names(session)},
        "today": floor.clock().date(),
        "now": floor.clock(),
    }


def _readable(elder: Elder) -> Elder:
    """An unreadable field would come back from the form empty, and be stored so."""
    if not elder.phone:
        raise refuse(sentence("unreadable"))
    return elder


def _form(
    request: Request, elder: Elder, typed: Mapping[str, str], problems: Mapping[str, str]
) -> Response:
    return page(
        request,
        "desk/elders/edit.html",
        422 if problems else 200,
        elder=elder,
        fields=FIELDS,
        typed=typed,
        problems=problems,
        choices=choices(),
    )
