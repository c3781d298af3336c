"""`/desk/benefits`: who is due what they don't get, told by a click, and followed to its end."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from care.benefits import life, telling
from care.benefits.channel import Channel
from care.benefits.listing import PAGE
from care.benefits.state import Step
from care.elders.model import Elder
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.answers import refuse, stay
from console.desk.benefit_desk import HERE, BenefitDesk, Wanted, case_of, list_of
from console.desk.live import LiveResponse, Parts, live, part
from console.desk.one_step import Refusals, one_step, refusing
from console.desk.page import page

Viewer = Annotated[SignedIn, Depends(may(Right.SEE_ELDERS))]
Worker = Annotated[SignedIn, Depends(may(Right.CHANGE_ELDERS))]


class TakenStep(BaseModel):
    """What an operator filled in beside the button."""

    note: str = Field("", max_length=life.NOTE_LENGTH)
    since: str = Field("", max_length=10)
    csrf_token: str = ""


def build_router(desk: BenefitDesk) -> APIRouter:
    """The list, a case, and its steps."""
    router = APIRouter(prefix=HERE)
    floor, refusals = desk.floor, _refusals(desk)

    def case(number: int) -> dict[str, object]:
        with refusing(refusals):
            return case_of(desk, number)

    @router.get("")
    def everything(
        request: Request, who: Viewer, wanted: Annotated[Wanted, Depends()], asked: int = 0
    ) -> Response:
        return page(request, "desk/benefits.html", asked=asked, **list_of(desk, wanted))

    @router.post("/tell")
    def tell_many(
        request: Request,
        who: Worker,
        channel: Annotated[Channel, Form()],
        cases: Annotated[list[int] | None, Form(max_length=PAGE)] = None,
        back: Annotated[str, Form(max_length=300)] = HERE,
    ) -> Response:
        if not cases:
            raise refuse("先在左边勾上要告知的老人。", 400)
        asked = sum(_asked(desk, number, channel, who.name) for number in cases)
        target = back if back.startswith(f"{HERE}?") else f"{HERE}?state=new"
        return RedirectResponse(f"{target}&asked={asked}", 303)

    @router.get("/{number}")
    def one(request: Request, who: Viewer, number: int) -> Response:
        return page(request, "desk/benefit.html", **case(number))

    @router.get("/{number}/live")
    async def follow(request: Request, who: Viewer, number: int) -> LiveResponse:
        def render() -> Parts:
            context = case(number)
            parts = ("state", "steps", "course")
            return {name: part(request, f"desk/benefits/{name}.html", **context) for name in parts}

        def wants(topic: str, key: str) -> bool:
            return topic == "benefit" and key in (str(number), "round")

        return live(request, who, floor, wants, render)

    @router.post("/{number}/tell")
    def tell(
        request: Request, who: Worker, number: int, channel: Annotated[Channel, Form()]
    ) -> Response:
        with one_step(floor.sessions, refusals) as session:
            _ask(session, desk, number, channel, who.name)
        return stay(request, f"{HERE}/{number}")

    @router.post("/{number}/steps/{step}")
    def take(
        request: Request,
        who: Worker,
        number: int,
        step: Step,
        form: Annotated[TakenStep, Form()],
    ) -> Response:
        with one_step(floor.sessions, refusals) as session:
            life.take_step(
                session,
                number,
                step,
                by=who.name,
                now=floor.clock(),
                note=form.note,
                since=_day(form.since),
            )
        return stay(request, f"{HERE}/{number}")

    return router


def _refusals(desk: BenefitDesk) -> Refusals:
    def not_now(error: life.NotNowError) -> HTTPException:
        return refuse(f"这一条现在是“{desk.words.states[error.state]}”，不能这样办。")

    return {
        life.CaseNotFoundError: lambda _error: refuse("没有这一条，可能已经合并了。", 404),
        life.NotNowError: not_now,
        telling.AlreadyAskedError: lambda _error: refuse("已经在告知了，等有了结果再说。"),
    }


def _ask(session: Session, desk: BenefitDesk, number: int, channel: Channel, by: str) -> None:
    if channel not in desk.channels:
        raise refuse(f"这里还不能{desk.words.channels[channel]}，请班长在设置里开通。")
    case = life.find(session, number)
    wording = desk.draft(case, session.get_one(Elder, case.elder_id))
    if wording is None:
        raise refuse("这条政策已经撤下，不能再告知了。")
    telling.ask(session, number, channel.value, wording, by=by, now=desk.floor.clock())


def _asked(desk: BenefitDesk, number: int, channel: Channel, by: str) -> bool:
    """One of several: what somebody else did meanwhile leaves the others alone."""
    try:
        with desk.floor.sessions.begin() as session:
            _ask(session, desk, number, channel, by)
    except (life.CaseNotFoundError, life.NotNowError, telling.AlreadyAskedError):
        return False
    return True


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise refuse("日期没写对，从日历里选一个。", 400) from error
