"""`/desk/conversations/NUMBER/call/…`: what is done in a caller's telephone call beside talking."""

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy.orm import Session

from care.desk.invitations import NotHereError, invitations, invite
from care.handovers import service as handovers
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.operators.telephone import telephone_of
from console.desk.access import may
from console.desk.answers import refuse, stay
from console.desk.calls import AwayError, NotInCallError, Part
from console.desk.floor import Floor

_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_SIGNS = re.compile(r"[\s()-]")

Operator = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]
Supervisor = Annotated[SignedIn, Depends(may(Right.SUPERVISE))]
Text = Annotated[str, Form(max_length=128)]


def build_router(floor: Floor) -> APIRouter:
    """The steps; all but a supervisor's are for whoever has the caller."""
    router = APIRouter(prefix="/desk/conversations/{number}/call")

    @router.post("/hold")
    def hold(request: Request, who: Operator, number: int) -> Response:
        with floor.reading() as session:
            _own(session, number, who)
        return _done(request, number, lambda: floor.calls.hold(number, True, who.name))

    @router.post("/resume")
    def resume(request: Request, who: Operator, number: int) -> Response:
        with floor.reading() as session:
            _own(session, number, who)
        return _done(request, number, lambda: floor.calls.hold(number, False, who.name))

    @router.post("/telephone")
    def by_telephone(request: Request, who: Operator, number: int) -> Response:
        with floor.reading() as session:
            _own(session, number, who)
            telephone = telephone_of(session, who.id)
        if telephone is None:
            raise refuse("先到“我的账号”里写上话机号码。", 400)
        return _done(
            request, number, lambda: floor.calls.dial(number, telephone, who.name, Part.OPERATOR)
        )

    @router.post("/dial")
    def dial(request: Request, who: Operator, number: int, telephone: Text = "") -> Response:
        digits = _SIGNS.sub("", telephone)
        if not _NUMBER.fullmatch(digits):
            raise refuse("电话号码不对，只写数字。", 400)
        with floor.reading() as session:
            _own(session, number, who)
        return _done(request, number, lambda: floor.calls.dial(number, digits, digits, Part.GUEST))

    @router.post("/dismiss")
    def dismiss(request: Request, who: Operator, number: int, leg: Text = "") -> Response:
        with floor.reading() as session:
            _own(session, number, who)
        return _done(request, number, lambda: floor.calls.dismiss(number, leg))

    @router.post("/invite")
    def call_in(request: Request, who: Operator, number: int, operator: Text = "") -> Response:
        with floor.sessions.begin() as session:
            _own(session, number, who)
            try:
                invite(session, number, colleague=operator, by=who.name, now=floor.clock())
            except NotHereError as error:
                raise refuse("这位同事不在线。", 400) from error
        return stay(request, f"/desk/conversations/{number}")

    @router.post("/part")
    def turn(request: Request, who: Supervisor, number: int, part: Part) -> Response:
        if part is Part.OPERATOR:
            raise refuse("先把这一位接过来。", 400)
        return _done(request, number, lambda: floor.calls.turn(number, who.name, part))

    return router


def may_be(session: Session, number: int, who: SignedIn, part: Part) -> bool:
    """Whether somebody may take this part in the call of a conversation."""
    if part is Part.OPERATOR:
        return _holds(session, number, who)
    if who.may(Right.SUPERVISE):
        return True
    return part is Part.GUEST and number in invitations(session, who.name)


def _holds(session: Session, number: int, who: SignedIn) -> bool:
    held = handovers.open_handover(session, number)
    return held is not None and held.state == "claimed" and held.operator == who.name


def _own(session: Session, number: int, who: SignedIn) -> None:
    if not _holds(session, number, who):
        raise refuse("这一位已经不在您手上了。")


def _done(request: Request, number: int, step: Callable[[], None]) -> Response:
    try:
        step()
    except AwayError as error:
        raise refuse("管这个电话的机器没有回应。过一会儿再试；还不行，就给老人打回去。") from error
    except NotInCallError as error:
        raise refuse("电话已经断了。") from error
    return stay(request, f"/desk/conversations/{number}")
