"""Writes visits down that a steward made, whose own system sends them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from care.api_keys.keys import Caller
from care.api_keys.scope import Scope
from care.visits import service
from care.visits.findings import Findings
from care.visits.model import Visit
from care.visits.sentences import VisitError
from care.visits.service import MOST_NOTE, Report
from care.visits.state import How
from console.api.v1 import versions
from console.api.v1.access import Access
from console.api.v1.fields import Body, Code, Day, Long, Number, Token
from console.api.v1.problems import Problem, ProblemError, Unfit, unfit
from console.api.v1.repeating import Asked, claim
from console.api.v1.shapes import VisitItem

_FIELDS = {"visitor_missing": "visitor", "day_ahead": "on", "other_month": "on"}
_STATUS = {"no_visit": 404, "already_done": 409}
_ALSO: dict[int | str, dict[str, object]] = {code: {"model": Problem} for code in (409, 422)}


class FindingBody(Body):
    """What was found, as in data/visits/findings.yml."""

    question: Code = Field(examples=["eats"])
    finding: Code = Field(examples=["well"])


class VisitBody(Body):
    """A visit that somebody made."""

    how: How = Field(examples=["home"])
    visitor: Code = Field(examples=["李梅"], description="Who was there.")
    on: Day = Field(examples=["2026-11-20"])
    note: Annotated[Long, Field(max_length=MOST_NOTE)] = ""
    findings: Annotated[tuple[FindingBody, ...], Field(max_length=20)] = ()


def build_router(access: Access, findings: Findings) -> APIRouter:
    """One route."""
    router = APIRouter(tags=["visits"])
    writer = Annotated[Caller, Depends(access.needs(Scope.WRITE_VISITS))]

    @router.post(
        "/visits/{number}/done",
        summary="Write a visit down as done",
        responses=_ALSO,
    )
    def done(
        caller: writer, number: Number, token: Token, body: VisitBody, response: Response
    ) -> VisitItem:
        """Also one that counts as missed by now. `findings` are questions and answers of the
        visit's list.
        """
        unknown = [each for each in body.findings if not findings.find(each.question, each.finding)]
        if unknown:
            told = access.sentences.finding_unknown
            error = Unfit(field="findings", code="finding_unknown", detail=told)
            raise unfit(access.sentences, [error])
        found = [(each.question, each.finding) for each in body.findings]
        report = Report(body.how, body.visitor, body.on, body.note, found)
        path = f"/visits/{number}/done"
        with access.sessions.begin() as session:
            made = claim(session, access, Asked(caller, token, path, body), response)
            if made.made_id is None:
                try:
                    service.record(session, number, report, by=caller.name, now=access.clock())
                except VisitError as error:
                    raise _refused(access, error) from error
                made.made_id = number
            versions.mark(session, response, versions.VISIT, number)
            return VisitItem.model_validate(session.get_one(Visit, number))

    return router


def _refused(access: Access, error: VisitError) -> ProblemError:
    if error.kind in _FIELDS:
        told = Unfit(field=_FIELDS[error.kind], code=error.kind, detail=str(error))
        return unfit(access.sentences, [told])
    code = "not_found" if error.kind == "no_visit" else error.kind
    return ProblemError(_STATUS.get(error.kind, 422), code, str(error))
