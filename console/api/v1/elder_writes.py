"""Adds and corrects records of elders, and what they agreed to, by the record's own rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from sqlalchemy.orm import Session

from care.api_keys.keys import Caller
from care.api_keys.scope import Scope
from care.canteens.menu import recheck
from care.desk.leaving import GONE, hold, set_state
from care.elders.consent import Consent, current, say
from care.elders.duplicates import alike, person_of
from care.elders.entry import Entry, read_entry
from care.elders.lists import own_lists
from care.elders.model import MERGED, Elder
from care.elders.sentences import sentence
from care.elders.writing import TakenError, add, correct
from care.orders.steps import Act
from console.api.v1 import versions
from console.api.v1.access import Access
from console.api.v1.elder_bodies import ConsentBody, ElderBody, ElderChange, NewElder, typed
from console.api.v1.fields import Number, Token, Version
from console.api.v1.ordering import HOW
from console.api.v1.problems import Problem, ProblemError, Unfit, unfit
from console.api.v1.repeating import Asked, claim
from console.api.v1.shapes import ConsentItem, Person
from console.api.v1.showing import shown_person

_ALSO: dict[int | str, dict[str, object]] = {
    code: {"model": Problem} for code in (409, 412, 422, 428)
}


def build_router(access: Access) -> APIRouter:
    """Every one of them in one transaction."""
    router = APIRouter(tags=["elders"])
    writer = Annotated[Caller, Depends(access.needs(Scope.WRITE_ELDERS))]
    told = access.sentences

    @router.post("/elders", status_code=201, summary="Add a record", responses=_ALSO)
    def create(caller: writer, token: Token, body: NewElder, response: Response) -> Person:
        """A number that another record has is refused, and so is somebody who seems to be there
        already, unless `anyway` says that it is another person.
        """
        with access.sessions.begin() as session:
            made = claim(session, access, Asked(caller, token, "/elders", body), response)
            if made.made_id is None:
                made.made_id = _added(session, access, caller, body).id
            versions.mark(session, response, versions.ELDER, made.made_id)
            response.headers["Location"] = f"/api/v1/elders/{made.made_id}"
            return shown_person(session.get_one(Elder, made.made_id), caller)

    @router.patch("/elders/{number}", summary="Correct a record", responses=_ALSO)
    def change(
        caller: writer, number: Number, seen: Version, body: ElderChange, response: Response
    ) -> Person:
        """Every field that changes is in the record's history, under the key's name. With `state`
        moved or deceased, orders that have not begun, standing orders and planned visits end.
        """
        now = access.clock()
        with access.sessions.begin() as session:
            if body.state in GONE or body.allergies is not None:
                hold(session, number, now.date())
            elder = _locked(session, access, number)
            versions.check(session, seen, versions.ELDER, number, told)
            entry = _entry(access, body)
            try:
                changed = correct(session, elder, entry.values, by=caller.name, now=now)
            except TakenError as error:
                raise _taken(error) from error
            if "allergies" in changed:
                recheck(session, number, Act(caller.name, now, HOW))
            if body.state is not None:
                set_state(session, elder, body.state, Act(caller.name, now, HOW))
            versions.mark(session, response, versions.ELDER, number)
            return shown_person(elder, caller)

    @router.put("/elders/{number}/consents/{kind}", summary="Write down a consent", responses=_ALSO)
    def consent(
        caller: writer,
        number: Number,
        kind: Annotated[Consent, Path(description="recording, data, or visits: by telephone.")],
        body: ConsentBody,
    ) -> ConsentItem:
        """What the elder said last counts; every word is kept. The same again changes nothing."""
        with access.sessions.begin() as session:
            elder = _locked(session, access, number)
            last = current(session, elder.id).get(kind)
            now: datetime = access.clock()
            if last is None or (last.given, last.how) != (body.given, body.how):
                by = caller.name
                say(session, elder.id, kind, given=body.given, how=body.how, by=by, now=now)
                session.flush()
                last = current(session, elder.id)[kind]
            return ConsentItem.model_validate(last)

    return router


def _added(session: Session, access: Access, caller: Caller, body: NewElder) -> Elder:
    values = _entry(access, body).values
    near = alike(session, [values]).get(person_of(values), [])
    if near and not body.anyway:
        told = access.sentences.maybe_duplicate
        raise ProblemError(409, "maybe_duplicate", told, elders=[each.id for each in near])
    try:
        return add(session, values, by=caller.name, now=access.clock())
    except TakenError as error:
        raise _taken(error) from error


def _entry(access: Access, body: ElderBody) -> Entry:
    entry = read_entry(typed(body), own_lists(), access.clock().date())
    if entry.problems:
        raise unfit(access.sentences, _unfit(entry.problems))
    return entry


def _unfit(problems: Mapping[str, str]) -> list[Unfit]:
    return [Unfit(field=field, code="unfit", detail=detail) for field, detail in problems.items()]


def _locked(session: Session, access: Access, number: int) -> Elder:
    elder = session.get(Elder, number, with_for_update=True)
    if elder is None:
        raise ProblemError(404, "not_found", access.sentences.not_found)
    if elder.state == MERGED:
        raise ProblemError(409, "elder_gone", access.sentences.elder_gone)
    if not elder.phone:  # what can't be read now must not be written over
        raise ProblemError(503, "unavailable", sentence("unreadable"))
    return elder


def _taken(error: TakenError) -> ProblemError:
    told = sentence("taken", number=error.elder_id)
    errors = [Unfit(field=error.field, code="taken", detail=told)]
    return ProblemError(409, "taken", told, errors=errors, elders=[error.elder_id])
