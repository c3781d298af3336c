"""What an elder agreed to, and what they were assessed as: forms of the record's page."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from care.elders.ability import LEVELS, assess
from care.elders.consent import Consent, say
from console.desk.answers import refuse
from console.desk.elders.shared import Changer, elder_or_404
from console.desk.floor import Floor

Short = Annotated[str, Form(max_length=64)]


def build_router(floor: Floor) -> APIRouter:
    """Each adds a line that stays."""
    router = APIRouter(prefix="/desk/elders/{number:int}")

    @router.post("/consents")
    def consent(
        who: Changer,
        number: int,
        kind: Annotated[Consent, Form()],
        given: Short = "",
        how: Short = "",
    ) -> Response:
        if given not in ("yes", "no"):
            raise refuse("选同意，或者不同意。")
        with floor.sessions.begin() as session:
            elder_or_404(session, number)
            told = {"how": " ".join(how.split()), "by": who.name}
            say(session, number, kind, given=given == "yes", now=floor.clock(), **told)
        return RedirectResponse(f"/desk/elders/{number}?done=changed", 303)

    @router.post("/abilities")
    def ability(
        who: Changer,
        number: int,
        level: Annotated[int, Form()],
        on: Short = "",
        assessor: Short = "",
    ) -> Response:
        now = floor.clock()
        try:
            day = date.fromisoformat(on)
        except ValueError as error:
            raise refuse("写上哪天评估的。") from error
        if level not in LEVELS or day > now.date() or not assessor.strip():
            raise refuse("等级是 0 到 4，日期不能晚于今天，还要写上谁评估的。")
        with floor.sessions.begin() as session:
            elder = elder_or_404(session, number)
            assess(session, elder, level, on=day, assessor=assessor.strip(), by=who.name, now=now)
        return RedirectResponse(f"/desk/elders/{number}?done=changed", 303)

    return router
