"""A provider's workers, what they may do, and who can sign in for it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from care.data_files import DATA, read_yaml
from care.operators.accounts import one_time
from care.providers import accounts, workers
from care.providers.account_model import ProviderAccount
from care.providers.accounts import NewAccount
from care.providers.model import Worker
from console.desk.answers import refuse
from console.desk.desk import desk_of
from console.desk.page import page
from console.desk.providers.one_page import HERE
from console.desk.providers.shared import (
    Keeper,
    ProviderDesk,
    Text,
    changing,
    day_of,
    provider_or_404,
)


class AccountForm(BaseModel):
    """Whom to let in."""

    name: str = Field("", max_length=64)
    display_name: str = Field("", max_length=64)
    worker: int = 0
    """Whose; 0 for the office."""
    csrf_token: str = ""


def build_router(desk: ProviderDesk) -> APIRouter:
    """Workers and accounts."""
    router = APIRouter(prefix=HERE)
    clock = desk.floor.clock
    needs = tuple(read_yaml(DATA / "catalogue" / "needs.yml"))

    def back(number: int) -> Response:
        return RedirectResponse(f"/desk/providers/{number}?done=1", 303)

    @router.post("/workers")
    def add_worker(who: Keeper, number: int, name: Text = "", phone: Text = "") -> Response:
        with changing(desk) as session:
            provider_or_404(session, number)
            workers.add(session, number, name, phone, by=who.name, now=clock())
        return back(number)

    @router.post("/workers/{worker:int}/certificate")
    def certify(
        who: Keeper, number: int, worker: int, kind: Text = "", expires: Text = ""
    ) -> Response:
        last = day_of(expires) if expires else None
        with changing(desk) as session:
            row = _worker(session, number, worker)
            workers.certify(session, row, kind, last, known=needs, by=who.name, now=clock())
        return back(number)

    @router.post("/workers/{worker:int}/{step}")
    def come_or_go(who: Keeper, number: int, worker: int, step: str) -> Response:
        with changing(desk) as session:
            row = _worker(session, number, worker)
            workers.set_active(session, row, step == "back", by=who.name, now=clock())
        return back(number)

    @router.post("/accounts")
    def add_account(
        request: Request, who: Keeper, number: int, form: Annotated[AccountForm, Form()]
    ) -> Response:
        password = one_time(desk_of(request).gate.passwords)
        new = NewAccount(form.name, form.display_name, form.worker or None)
        with changing(desk) as session:
            provider_or_404(session, number)
            row = accounts.add(session, number, new, password, by=who.name, now=clock())
        return _told(request, number, row, password.password)

    @router.post("/accounts/{account:int}/reset")
    def reset(request: Request, who: Keeper, number: int, account: int) -> Response:
        password = one_time(desk_of(request).gate.passwords)
        with changing(desk) as session:
            row = _account(session, number, account)
            accounts.reset(session, row, password, by=who.name, now=clock())
        return _told(request, number, row, password.password)

    @router.post("/accounts/{account:int}/{step}")
    def lock_or_open(who: Keeper, number: int, account: int, step: str) -> Response:
        with changing(desk) as session:
            row = _account(session, number, account)
            accounts.set_active(session, row, step == "back", by=who.name, now=clock())
        return back(number)

    return router


def _told(request: Request, number: int, row: ProviderAccount, password: str) -> Response:
    # Shown in the answer itself: nowhere it could be read a second time.
    context = {"number": number, "account": row, "password": password}
    return page(request, "desk/providers/one_time.html", **context)


def _worker(session: Session, number: int, worker: int) -> Worker:
    row = session.get(Worker, worker)
    if row is None or row.provider_id != number:
        raise refuse("没有这位服务人员。", 404)
    return row


def _account(session: Session, number: int, account: int) -> ProviderAccount:
    row = session.get(ProviderAccount, account, with_for_update=True)
    if row is None or row.provider_id != number:
        raise refuse("没有这个账号。", 404)
    return row
