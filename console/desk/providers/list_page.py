"""`/desk/providers`: who serves elders, under which contract, and how well."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import func, select

from care.providers import register
from care.providers.model import Provider, ProviderContract
from care.providers.register import Facts
from console.desk.page import page
from console.desk.providers.shared import Keeper, ProviderDesk, Text, changing


def build_router(desk: ProviderDesk) -> APIRouter:
    """The list, and a new provider."""
    router = APIRouter(prefix="/desk/providers")

    @router.get("")
    def everybody(request: Request, _who: Keeper) -> Response:
        ends = select(
            ProviderContract.provider_id, func.max(ProviderContract.ends).label("until")
        ).group_by(ProviderContract.provider_id)
        last = ends.subquery()
        with desk.floor.reading() as session:
            rows = session.execute(
                select(Provider, last.c.until)
                .outerjoin(last, last.c.provider_id == Provider.id)
                .order_by(Provider.active.desc(), Provider.name)
            ).all()
        now = desk.floor.clock()
        return page(request, "desk/providers/list.html", rows=rows, today=now.date(), now=now)

    @router.post("")
    def add(who: Keeper, name: Text = "", phone: Text = "", address: Text = "") -> Response:
        with changing(desk) as session:
            facts = Facts(name, phone, address)
            row = register.add(session, facts, by=who.name, now=desk.floor.clock())
        return RedirectResponse(f"/desk/providers/{row.id}", 303)

    return router
