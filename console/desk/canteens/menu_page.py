"""`/desk/canteens/…`: a week's menus from a sheet, looked at row by row and put up after a yes."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from care.canteens import menu, menu_import, register
from care.canteens.dish_reading import FIELDS, Row, read_rows
from care.canteens.menu_import import DONE, DROPPED
from care.canteens.menu_sheet import MOST_ROWS, rows_of, template
from care.canteens.model import MenuImport
from care.canteens.refused import RefusedError
from care.workbook import MOST_OCTETS
from console.desk.answers import refuse
from console.desk.canteens.shared import HERE, Day, act_of, canteen_or_404, changing, week_of
from console.desk.download import download
from console.desk.page import page
from console.desk.providers.shared import Keeper, ProviderDesk

IMPORT_PATH = "/desk/canteens/import"
_PLANNED = timedelta(days=3)
Warned = Annotated[int, Query(ge=0, le=100_000)]
"""Orders that the menu has put on the desk's list."""
MOST_SHEET = MOST_OCTETS + 4096
"""Octets of the request that carries a sheet: this one path takes so many."""


def build_router(desk: ProviderDesk) -> APIRouter:
    """The empty sheet, the preview, yes and no."""
    router = APIRouter()
    floor = desk.floor

    def looked(session: Session, kept: MenuImport) -> list[Row]:
        served = register.meals(session, kept.canteen_id)
        return read_rows(menu_import.kept_rows(kept), served, floor.clock().date())

    def begin(
        request: Request, session: Session, number: int, problem: str = "", status: int = 200
    ) -> Response:
        row = canteen_or_404(session, number)
        # Towards its end nobody plans this week any more.
        days = week_of(floor.clock().date() + _PLANNED)
        told = {"canteen": row, "problem": problem, "days": days}
        limits = {"most_rows": MOST_ROWS, "most_megabytes": MOST_OCTETS // 1024 // 1024}
        return page(request, "desk/canteens/import.html", status, **told, **limits)

    @router.get(f"{HERE}/import")
    def choose(request: Request, _who: Keeper, number: int) -> Response:
        with floor.reading() as session:
            return begin(request, session, number)

    @router.get(f"{HERE}/template.xlsx")
    def empty_sheet(_who: Keeper, number: int, week: Day = None) -> Response:
        with floor.reading() as session:
            canteen_or_404(session, number)
            served = register.meals(session, number)
        monday = week_of(week or floor.clock().date())[0]
        return download(template(served, monday), f"menu-{monday}.xlsx")

    @router.post(IMPORT_PATH)
    def take(
        request: Request,
        who: Keeper,
        canteen: Annotated[int, Form()],
        file: Annotated[UploadFile, File()],
    ) -> Response:
        try:
            rows = rows_of(file.file.read(MOST_OCTETS + 1))
        except RefusedError as error:
            with floor.reading() as session:
                return begin(request, session, canteen, str(error), 422)
        with changing(floor) as session:
            row, named = canteen_or_404(session, canteen), file.filename or "表格"
            kept = menu_import.keep(
                session, row.id, rows, file=named, by=who.name, now=floor.clock()
            )
        return RedirectResponse(f"{IMPORT_PATH}/{kept.id}", 303)

    @router.get(f"{IMPORT_PATH}/{{which:int}}")
    def preview(request: Request, who: Keeper, which: int, warned: Warned = 0) -> Response:
        with floor.reading() as session:
            kept = session.get(MenuImport, which)
            if kept is None or kept.by != who.name or kept.state == DROPPED:
                raise refuse(str(RefusedError("import_gone")), 404)
            rows = looked(session, kept)
            row = canteen_or_404(session, kept.canteen_id)
        return page(
            request,
            "desk/canteens/preview.html",
            kept=kept,
            canteen=row,
            is_done=kept.state == DONE,
            wrong=[each for each in rows if each.dish is None],
            menu=menu.by_day([each.dish for each in rows if each.dish]),
            heads=FIELDS,
            warned=warned,
        )

    @router.post(f"{IMPORT_PATH}/{{which:int}}")
    def confirm(who: Keeper, which: int) -> Response:
        now = floor.clock()
        with changing(floor) as session:
            kept = menu_import.waiting(session, which, who.name)
            good = [row.dish for row in looked(session, kept) if row.dish]
            row = canteen_or_404(session, kept.canteen_id)
            warned = menu.publish(session, row, good, act_of(floor, who))
            menu_import.end(kept, DONE, now, len(good))
        return RedirectResponse(f"{IMPORT_PATH}/{which}?warned={warned}", 303)

    @router.post(f"{IMPORT_PATH}/{{which:int}}/drop")
    def drop(who: Keeper, which: int) -> Response:
        with changing(floor) as session:
            kept = menu_import.waiting(session, which, who.name)
            menu_import.end(kept, DROPPED, floor.clock())
        return RedirectResponse(f"/desk/canteens/{kept.canteen_id}/import", 303)

    return router
