"""`/desk/canteens/NUMBER`: a canteen's facts, meals, rounds and the menus of a week."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from care.canteens import menu, register
from care.canteens.kinds import kinds
from care.canteens.meals import usual_meals
from care.canteens.model import Round
from care.canteens.sentences import sentence
from care.providers import workers
from care.providers.model import Provider
from console.desk.answers import refuse
from console.desk.canteens.forms import CourseForm, FactsForm, Meals
from console.desk.canteens.shared import HERE, Day, act_of, canteen_or_404, changing, week_of
from console.desk.page import page
from console.desk.providers.shared import Keeper, Operator, ProviderDesk

Done = Annotated[str, Query(max_length=8)]


def build_router(desk: ProviderDesk) -> APIRouter:
    """One canteen, and what is kept of it."""
    router = APIRouter(prefix=HERE)
    floor = desk.floor

    def back(number: int) -> Response:
        return RedirectResponse(f"/desk/canteens/{number}?done=1", 303)

    @router.get("")
    def one(
        request: Request, _who: Operator, number: int, week: Day = None, done: Done = ""
    ) -> Response:
        now = floor.clock()
        days = week_of(week or now.date())
        with floor.reading() as session:
            row = canteen_or_404(session, number)
            told = {
                "canteen": row,
                "provider": session.get_one(Provider, row.provider_id),
                "served": register.meals(session, number),
                "rounds": register.rounds(session, number),
                "workers": workers.of(session, row.provider_id),
                "menu": menu.by_day(menu.dishes(session, number, days[0], days[-1])),
            }
        return page(
            request,
            "desk/canteens/one.html",
            **told,
            days=days,
            usual=usual_meals(),
            kinds=kinds(),
            today=now.date(),
            now=now,
            done=done,
        )

    @router.post("")
    def change(who: Keeper, number: int, form: Annotated[FactsForm, Form()]) -> Response:
        with changing(floor) as session:
            row, act = canteen_or_404(session, number), act_of(floor, who)
            register.change(session, row, form.facts, desk.regions, act)
        return back(number)

    @router.post("/state/{step}")
    def close_or_open(who: Keeper, number: int, step: str) -> Response:
        with changing(floor) as session:
            row = canteen_or_404(session, number)
            register.set_active(session, row, step == "open", act_of(floor, who))
        return back(number)

    @router.post("/meals")
    def meals(who: Keeper, number: int, served: Meals) -> Response:
        with changing(floor) as session:
            row = canteen_or_404(session, number)
            register.set_meals(session, row, served, act_of(floor, who))
        return back(number)

    @router.post("/rounds")
    def add_round(who: Keeper, number: int, form: Annotated[CourseForm, Form()]) -> Response:
        with changing(floor) as session:
            row = canteen_or_404(session, number)
            register.add_round(session, row, form.course, act_of(floor, who))
        return back(number)

    @router.post("/rounds/{which:int}")
    def change_round(
        who: Keeper, number: int, which: int, form: Annotated[CourseForm, Form()]
    ) -> Response:
        with changing(floor) as session:
            row, course = canteen_or_404(session, number), _round(session, number, which)
            register.change_round(session, row, course, form.course, act_of(floor, who))
        return back(number)

    @router.post("/rounds/{which:int}/{step}")
    def end_or_resume(who: Keeper, number: int, which: int, step: str) -> Response:
        with changing(floor) as session:
            row, course = canteen_or_404(session, number), _round(session, number, which)
            active = step == "open"
            register.set_round_active(session, row, course, active, act_of(floor, who))
        return back(number)

    return router


def _round(session: Session, number: int, which: int) -> Round:
    row = session.get(Round, which)
    if row is None or row.canteen_id != number:
        raise refuse(sentence("no_such_round"), 404)
    return row
