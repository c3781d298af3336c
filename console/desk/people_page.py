"""`/desk/people`: who works here, for whoever manages that."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from care.operators import accounts, events
from care.operators.accounts import NewOperator, OneTime
from care.operators.model import Operator
from care.operators.refused import RefusedError
from care.operators.role import Right, Role
from care.operators.sentences import sentence
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.desk import desk_of
from console.desk.page import page

EVENTS = 20
"""Of one account, on its page."""
DONE = {
    "changed": "改好了。",
    "deactivate": "已经停用，所有登录都结束了。",
    "activate": "已经恢复，可以用原来的密码登录。",
}
_FIELDS = {"display_name_bad": "display_name", "role_bad": "role"}
"""What a refusal is about, for the field that it stands below; all others are about the name."""

Text = Annotated[str, Form(max_length=200)]
Manager = Annotated[SignedIn, Depends(may(Right.MANAGE_PEOPLE))]


def build_router() -> APIRouter:
    """Add, change, reset, deactivate."""
    router = APIRouter()

    @router.get("/desk/people")
    def everybody(request: Request, _who: Manager) -> Response:
        return _list(request)

    @router.post("/desk/people")
    def add(
        request: Request, who: Manager, name: Text = "", display_name: Text = "", role: Text = ""
    ) -> Response:
        desk = desk_of(request)
        typed = {"name": name, "display_name": display_name, "role": role}
        try:
            new = NewOperator(name, display_name, _role(role))
            one_time = accounts.one_time(desk.gate.passwords)
            with desk.sessions.begin() as session:
                row = accounts.add(session, new, one_time, by=who.name, now=desk.clock())
        except RefusedError as error:
            return _list(request, error, typed)
        return _one_time(request, row, one_time)

    @router.get("/desk/people/{number}")
    def one(request: Request, _who: Manager, number: int) -> Response:
        return _one(request, number)

    @router.post("/desk/people/{number}")
    def change(
        request: Request, who: Manager, number: int, display_name: Text = "", role: Text = ""
    ) -> Response:
        desk = desk_of(request)
        try:
            with desk.sessions.begin() as session:
                row, now = _row(session, number), desk.clock()
                accounts.rename(session, row, display_name, by=who.name, now=now)
                if role and row.role != role:
                    _not_oneself(who, row)
                    accounts.change_role(session, row, _role(role), by=who.name, now=now)
        except RefusedError as error:
            return _one(request, number, error)
        return RedirectResponse(f"/desk/people/{number}?done=changed", 303)

    @router.post("/desk/people/{number}/reset")
    def reset(request: Request, who: Manager, number: int) -> Response:
        desk = desk_of(request)
        try:
            one_time = accounts.one_time(desk.gate.passwords)
            with desk.sessions.begin() as session:
                row = _row(session, number)
                _not_oneself(who, row)
                accounts.reset(session, row, one_time, by=who.name, now=desk.clock())
        except RefusedError as error:
            return _one(request, number, error)
        return _one_time(request, row, one_time)

    @router.post("/desk/people/{number}/{step}")
    def leave_or_return(request: Request, who: Manager, number: int, step: str) -> Response:
        desk = desk_of(request)
        change = {"deactivate": accounts.deactivate, "activate": accounts.activate}.get(step)
        if change is None:
            raise HTTPException(404)
        try:
            with desk.sessions.begin() as session:
                row = _row(session, number)
                _not_oneself(who, row)
                change(session, row, by=who.name, now=desk.clock())
        except RefusedError as error:
            return _one(request, number, error)
        return RedirectResponse(f"/desk/people/{number}?done={step}", 303)

    return router


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise RefusedError("role_bad") from error


def _row(session: Session, number: int) -> Operator:
    row = session.get(Operator, number, with_for_update=True)
    if row is None:
        raise HTTPException(404, sentence("no_such_person"))
    return row


def _not_oneself(who: SignedIn, row: Operator) -> None:
    if row.id == who.id:
        raise RefusedError("not_yourself")


def _list(
    request: Request, error: RefusedError | None = None, typed: dict[str, str] | None = None
) -> Response:
    with desk_of(request).reading() as session:
        people = accounts.everybody(session)
    problems = {_FIELDS.get(error.kind, "name"): str(error)} if error else {}
    status = 422 if error else 200
    context = {"people": people, "typed": typed or {}, "problems": problems}
    return page(request, "desk/people.html", status, all_roles=list(Role), **context)


def _one(request: Request, number: int, error: RefusedError | None = None) -> Response:
    with desk_of(request).reading() as session:
        row = session.get(Operator, number)
        if row is None:
            raise HTTPException(404, sentence("no_such_person"))
        happened = events.of(session, row.id, count=EVENTS)
    return page(
        request,
        "desk/person.html",
        422 if error else 200,
        person=row,
        events=happened,
        labels=events.labels(),
        all_roles=list(Role),
        done=DONE.get(request.query_params.get("done", ""), ""),
        problem=str(error) if error else "",
    )


def _one_time(request: Request, row: Operator, one_time: OneTime) -> Response:
    # Shown in the answer itself: nowhere it could be read a second time.
    return page(request, "desk/one_time.html", person=row, password=one_time.password)
