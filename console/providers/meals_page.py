"""`/provider/meals`: a meal's rounds, to be ridden, printed and ticked; the week's menus."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from care.canteens import menu
from care.canteens.delivering import deliver
from care.canteens.meals import served_next
from care.canteens.model import Canteen
from care.canteens.refused import RefusedError
from care.canteens.rider_sheet import label, workbook
from care.canteens.riding import legs
from care.orders.life import OrderStateError
from care.providers.signed_in import ProviderPerson
from care.providers.slot import MEALS
from care.satisfaction import service as satisfaction
from console.desk.download import download
from console.providers.access import Anyone
from console.providers.errors import said
from console.providers.page import page
from console.providers.site import PREFIX, ProviderSite, site_of

HERE = f"{PREFIX}/meals"
_WEEK = 7

Day = Annotated[date | None, Query(ge=date(2020, 1, 1), le=date(2100, 1, 1))]
Name = Annotated[str, Query(max_length=16)]


def build_router() -> APIRouter:
    """The list, its file, the ticks, and the menus."""
    router = APIRouter()

    @router.get(HERE)
    def show(request: Request, who: Anyone, on: Day = None, meal: Name = "") -> Response:
        day, which = _chosen(site_of(request), on, meal)
        return _page(request, who, day, which)

    @router.get(f"{HERE}.xlsx")
    def as_file(request: Request, who: Anyone, on: Day = None, meal: Name = "") -> Response:
        site = site_of(request)
        day, which = _chosen(site, on, meal)
        with site.reading() as session:
            found = legs(session, who.provider_id, day, which, who)
        return download(workbook(found, day, which), f"{day}{which}.xlsx")

    @router.post(f"{HERE}/done")
    def tick(request: Request, who: Anyone, number: Annotated[int, Form()]) -> Response:
        site = site_of(request)
        now = site.clock()
        try:
            with site.sessions.begin() as session:
                order = deliver(session, who, number, now)
                satisfaction.ask(session, order, site.catalogue.say(order.service), now)
        except (RefusedError, OrderStateError) as error:
            return _page(request, who, *_chosen(site, None, ""), said(error))
        return RedirectResponse(f"{HERE}?on={order.on}&meal={order.service}#{number}", 303)

    @router.get(f"{PREFIX}/menu")
    def menus(request: Request, who: Anyone) -> Response:
        site = site_of(request)
        today = site.clock().date()
        last = today + timedelta(days=_WEEK - 1)
        with site.reading() as session:
            canteens = session.scalars(
                select(Canteen)
                .where(Canteen.provider_id == who.provider_id, Canteen.active)
                .order_by(Canteen.name)
            ).all()
            found = {
                each: menu.by_day(menu.dishes(session, each.id, today, last)) for each in canteens
            }
        return page(request, "provider/menu.html", menus=found, today=today)

    return router


def _page(
    request: Request, who: ProviderPerson, on: date, meal: str, problem: str = ""
) -> Response:
    site = site_of(request)
    with site.reading() as session:
        found = legs(session, who.provider_id, on, meal, who)
    return page(
        request,
        "provider/meals.html",
        422 if problem else 200,
        legs=found,
        on=on,
        meal=meal,
        meals=tuple(MEALS),
        label=label,
        problem=problem,
        today=site.clock().date(),
    )


def _chosen(site: ProviderSite, on: date | None, meal: str) -> tuple[date, str]:
    """Without a choice today's meal that is served now or next."""
    now = site.clock()
    return on or now.date(), meal if meal in MEALS else served_next(now.time())
