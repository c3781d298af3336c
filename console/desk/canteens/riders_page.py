"""`/desk/canteens/lists`: who gets which meal, round by round, to be printed and in Excel."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from care.canteens.meals import served_next
from care.canteens.model import Canteen
from care.canteens.rider_sheet import label, workbook
from care.canteens.riding import Leg, legs
from care.desk.number import masked
from care.providers.model import Provider, ProviderService
from care.providers.slot import MEALS
from console.desk.answers import refuse
from console.desk.canteens.shared import Day
from console.desk.download import download
from console.desk.page import page
from console.desk.providers.shared import Operator, ProviderDesk

Name = Annotated[str, Query(max_length=16)]
Number = Annotated[int, Query(ge=0)]


def build_router(desk: ProviderDesk) -> APIRouter:
    """The page and the file; numbers are masked, for nobody at the desk rides."""
    router = APIRouter(prefix="/desk/canteens")
    floor = desk.floor

    def chosen(on: date | None, meal: str) -> tuple[date, str]:
        now = floor.clock()
        if meal and meal not in MEALS:
            raise refuse("没有这一顿。", 404)
        return on or now.date(), meal or served_next(now.time())

    @router.get("/lists")
    def show(
        request: Request, _who: Operator, on: Day = None, meal: Name = "", provider: Number = 0
    ) -> Response:
        day, which = chosen(on, meal)
        with floor.reading() as session:
            cooking = session.scalars(
                select(Provider)
                .where(
                    Provider.id.in_(select(Canteen.provider_id))
                    | Provider.id.in_(
                        select(ProviderService.provider_id).where(
                            ProviderService.service.in_(list(MEALS))
                        )
                    )
                )
                .order_by(Provider.name)
            ).all()
            number = provider or (cooking[0].id if cooking else 0)
            found: list[Leg] = legs(session, number, day, which) if number else []
        told = {"on": day, "meal": which, "number": number, "providers": cooking, "legs": found}
        return page(
            request,
            "desk/canteens/riders.html",
            **told,
            meals=tuple(MEALS),
            label=label,
            now=floor.clock(),
        )

    @router.get("/lists.xlsx")
    def as_file(_who: Operator, provider: Number, on: Day = None, meal: Name = "") -> Response:
        day, which = chosen(on, meal)
        with floor.reading() as session:
            found = legs(session, provider, day, which)
        return download(workbook(found, day, which, masked), f"{day}{which}.xlsx")

    return router
