"""`/provider/orders/NUMBER` and `/provider/finish`: one order and the steps until it is done."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from care.desk import callbacks
from care.orders.life import OrderElsewhereError, OrderStateError
from care.proofs.picture import MOST_OCTETS, Picture, PictureError, drawn_anew
from care.providers import work, workers
from care.providers.refused import RefusedError
from care.providers.signed_in import ProviderPerson
from care.satisfaction import service as satisfaction
from console.providers.access import Anyone, Office
from console.providers.errors import said
from console.providers.page import page
from console.providers.site import PREFIX, site_of

REASONS = ("人手不够", "时间排不开", "太远了", "这项做不了")
"""Why an offer is refused, as buttons; anything else can be written."""
HERE = f"{PREFIX}/orders/{{number}}"
FINISH = f"{PREFIX}/finish"
MOST_FINISH = MOST_OCTETS + 64 * 1024
"""Octets of a finish with its picture: this one path takes so many."""
NOBODY_CAME = "{service}的师傅上门，没人应门。请马上打电话问老人，打不通就找家里人。"

Text = Annotated[str, Form(max_length=4 * work.MOST_TEXT)]
Step = Callable[[Session], object]


def build_router() -> APIRouter:
    """One order."""
    router = APIRouter()

    @router.get(HERE)
    def one(request: Request, who: Anyone, number: int) -> Response:
        return _page(request, who, number)

    @router.post(f"{HERE}/accept")
    def accept(request: Request, who: Office, number: int, worker: Text = "") -> Response:
        site = site_of(request)
        chosen = int(worker) if worker.isdigit() else None

        def step(session: Session) -> None:
            work.accept(session, who, number, chosen, catalogue=site.catalogue, now=site.clock())

        return _take(request, who, number, step)

    @router.post(f"{HERE}/refuse")
    def refuse(
        request: Request, who: Office, number: int, reason: Text = "", other: Text = ""
    ) -> Response:
        now = site_of(request).clock()
        return _take(
            request,
            who,
            number,
            lambda session: work.refuse(session, who, number, other or reason, now=now),
            to=PREFIX,
        )

    @router.post(f"{HERE}/assign")
    def assign(request: Request, who: Office, number: int, worker: Text = "") -> Response:
        site = site_of(request)
        chosen = int(worker) if worker.isdigit() else 0

        def step(session: Session) -> None:
            work.assign(session, who, number, chosen, catalogue=site.catalogue, now=site.clock())

        return _take(request, who, number, step)

    @router.post(f"{HERE}/start")
    def start(request: Request, who: Anyone, number: int, code: Text = "") -> Response:
        site = site_of(request)
        try:
            work.start(site.sessions, who, number, code, site.clock)
        except (RefusedError, OrderStateError, OrderElsewhereError) as error:
            return _page(request, who, number, error)
        return RedirectResponse(f"{PREFIX}/orders/{number}", 303)

    @router.post(FINISH)
    def finish(
        request: Request,
        who: Anyone,
        *,
        number: Annotated[int, Form()],
        picture: UploadFile | None = None,
        note: Text = "",
        code: Text = "",
    ) -> Response:
        site = site_of(request)
        with site.reading() as session:
            service = site.catalogue.find(work.one(session, who, number).service)
        try:
            drawn = _drawn(picture, needed=service is None or service.picture)
        except PictureError as error:
            return _page(request, who, number, RefusedError(error.kind))
        try:
            shown = work.is_shown(site.sessions, who, number, code, site.clock)
        except RefusedError as error:
            return _page(request, who, number, error)

        def step(session: Session) -> None:
            now = site.clock()
            order = work.finish(session, who, number, note, shown=shown, now=now)
            if drawn is not None:
                site.proofs.keep(session, drawn, order_id=number, account_id=who.id, now=now)
            satisfaction.ask(session, order, site.catalogue.say(order.service), now)

        return _take(request, who, number, step, to=PREFIX)

    @router.post(f"{HERE}/absent")
    def absent(request: Request, who: Anyone, number: int, note: Text = "") -> Response:
        site = site_of(request)

        def step(session: Session) -> None:
            now = site.clock()
            order = work.nobody_there(session, who, number, note, now=now)
            wish = callbacks.Wish(
                phone=order.phone,
                about=NOBODY_CAME.format(service=site.catalogue.say(order.service)),
                due_at=now,
                person=order.person,
                conversation_id=order.conversation_id,
            )
            callbacks.make(session, wish, by=who.name, now=now)

        return _take(request, who, number, step, to=PREFIX)

    return router


def _take(
    request: Request, who: ProviderPerson, number: int, step: Step, *, to: str = ""
) -> Response:
    """The step in a transaction; the order's page says in a sentence why it can't be taken."""
    try:
        with site_of(request).sessions.begin() as session:
            step(session)
    except (RefusedError, OrderStateError, OrderElsewhereError) as error:
        return _page(request, who, number, error)
    return RedirectResponse(to or f"{PREFIX}/orders/{number}", 303)


def _drawn(picture: UploadFile | None, *, needed: bool) -> Picture | None:
    sent = picture.file.read(MOST_OCTETS + 1) if picture else b""
    if not sent and not needed:
        return None
    return drawn_anew(sent)


def _page(
    request: Request, who: ProviderPerson, number: int, error: Exception | None = None
) -> Response:
    site = site_of(request)
    with site.reading() as session:
        try:
            order = work.one(session, who, number)
        except RefusedError as gone:
            raise (error if error is not None else gone) from gone
        service = site.catalogue.find(order.service)
        fits = workers.fits(session, who.provider_id, service.needs if service else (), order.on)
    return page(
        request,
        "provider/order.html",
        422 if error else 200,
        order=order,
        service=service,
        spoken=site.catalogue.say(order.service),
        shows_person=work.shows_person(order),
        fits=fits,
        worker=next((fit.worker for fit in fits if fit.worker.id == order.worker_id), None),
        reasons=REASONS,
        problem=said(error) if error else "",
        now=site.clock(),
    )
