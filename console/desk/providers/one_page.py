"""`/desk/providers/NUMBER`: a provider's facts, contracts, areas, services, capacity."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from care.data_files import DATA, read_yaml
from care.providers import accounts, history, quality, register, workers
from care.providers.model import ProviderArea, ProviderDayOff, ProviderService
from care.providers.register import Facts
from care.providers.slot import Slot
from console.desk.answers import refuse
from console.desk.page import page
from console.desk.providers.shared import (
    Keeper,
    ProviderDesk,
    Text,
    changing,
    day_of,
    provider_or_404,
)

SLOTS = {
    Slot.MORNING: "早上",
    Slot.NOON: "中午",
    Slot.AFTERNOON: "下午",
    Slot.EVENING: "晚上",
}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
EVENTS = 20
HERE = "/desk/providers/{number:int}"

Names = Annotated[list[str], Form(max_length=200, default_factory=list)]


def build_router(desk: ProviderDesk) -> APIRouter:
    """One provider, and what is kept of it."""
    router = APIRouter(prefix=HERE)
    clock = desk.floor.clock

    def back(number: int) -> Response:
        return RedirectResponse(f"/desk/providers/{number}?done=1", 303)

    @router.get("")
    def one(request: Request, _who: Keeper, number: int) -> Response:
        now = clock()
        with desk.floor.reading() as session:
            provider = provider_or_404(session, number)
            people = workers.of(session, number)
            context = {
                "provider": provider,
                "figures": quality.figures(session, number, now),
                "contracts": register.contracts(session, number),
                "areas": session.scalars(
                    select(ProviderArea.region).where(ProviderArea.provider_id == number)
                ).all(),
                "does": set(
                    session.scalars(
                        select(ProviderService.service).where(ProviderService.provider_id == number)
                    )
                ),
                "capacities": register.capacities(session, number),
                "days_off": session.scalars(
                    select(ProviderDayOff)
                    .where(ProviderDayOff.provider_id == number, ProviderDayOff.on >= now.date())
                    .order_by(ProviderDayOff.on)
                ).all(),
                "workers": people,
                "certificates": workers.certificates(session, people),
                "accounts": accounts.of(session, number),
                "events": history.latest(session, number, count=EVENTS),
            }
        return page(
            request,
            "desk/providers/one.html",
            **context,
            catalogue=desk.catalogue,
            needs=read_yaml(DATA / "catalogue" / "needs.yml"),
            slots=SLOTS,
            weekdays=WEEKDAYS,
            labels=history.labels(),
            today=now.date(),
            now=now,
            most=register.MOST,
            done=request.query_params.get("done", ""),
        )

    @router.post("")
    def change(
        who: Keeper, number: int, name: Text = "", phone: Text = "", address: Text = ""
    ) -> Response:
        with changing(desk) as session:
            facts = Facts(name, phone, address)
            provider = provider_or_404(session, number)
            register.change(session, provider, facts, by=who.name, now=clock())
        return back(number)

    @router.post("/offers/{step}")
    def stop_or_resume(who: Keeper, number: int, step: str) -> Response:
        if step not in ("stop", "resume"):
            raise refuse("没有这一步。", 404)
        with changing(desk) as session:
            provider = provider_or_404(session, number)
            register.set_active(session, provider, step == "resume", by=who.name, now=clock())
        return back(number)

    @router.post("/contract")
    def sign(
        who: Keeper, number: int, contract: Text = "", begins: Text = "", ends: Text = ""
    ) -> Response:
        span = day_of(begins), day_of(ends)
        with changing(desk) as session:
            provider = provider_or_404(session, number)
            register.sign(session, provider, contract, *span, by=who.name, now=clock())
        return back(number)

    @router.post("/areas")
    def areas(who: Keeper, number: int, areas: Text = "") -> Response:
        names = areas.replace("，", " ").replace("、", " ").replace(",", " ").split()
        with changing(desk) as session:
            provider = provider_or_404(session, number)
            register.set_areas(session, provider, names, desk.regions, by=who.name, now=clock())
        return back(number)

    @router.post("/services")
    def services(who: Keeper, number: int, service: Names) -> Response:
        with changing(desk) as session:
            provider = provider_or_404(session, number)
            register.set_services(
                session, provider, service, desk.catalogue, by=who.name, now=clock()
            )
        return back(number)

    return router
