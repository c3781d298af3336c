"""`/desk/canteens`: where elders eat, and a new place."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from care.canteens import register
from care.canteens.kinds import kinds
from care.canteens.model import Canteen
from care.providers.model import Provider
from console.desk.answers import refuse
from console.desk.canteens.forms import FactsForm
from console.desk.canteens.shared import act_of, changing
from console.desk.page import page
from console.desk.providers.shared import Keeper, Operator, ProviderDesk


def build_router(desk: ProviderDesk) -> APIRouter:
    """Both."""
    router = APIRouter(prefix="/desk/canteens")

    @router.get("")
    def everything(request: Request, _who: Operator) -> Response:
        with desk.floor.reading() as session:
            rows = session.execute(
                select(Canteen, Provider)
                .join(Provider, Provider.id == Canteen.provider_id)
                .order_by(Canteen.active.desc(), Canteen.region, Canteen.name)
            ).all()
            providers = session.scalars(select(Provider).order_by(Provider.name)).all()
        told = {"rows": rows, "providers": providers, "kinds": kinds()}
        return page(request, "desk/canteens/list.html", **told, now=desk.floor.clock())

    @router.post("")
    def add(who: Keeper, form: Annotated[FactsForm, Form()]) -> Response:
        with changing(desk.floor) as session:
            if session.get(Provider, form.provider) is None:
                raise refuse("请选是哪家服务商的。", 400)
            row = register.add(
                session, form.provider, form.facts, desk.regions, act_of(desk.floor, who)
            )
        return RedirectResponse(f"/desk/canteens/{row.id}?done=1", 303)

    return router
