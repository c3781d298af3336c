"""`/desk/elders/import`: a sheet is looked at row by row, and imported after somebody's yes."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from care.canteens.menu import recheck
from care.elders import upload
from care.elders.column import BY_NAME
from care.elders.importing import Decision, Result, look, portions, write
from care.elders.line import Line, read_lines
from care.elders.lists import own_lists
from care.elders.sheet import MOST_ROWS, SheetError, read_sheet, template
from care.elders.upload import DONE, DROPPED, WAITING, ElderImport
from care.orders.steps import Act
from care.workbook import MOST_OCTETS
from console.desk.answers import refuse
from console.desk.download import download
from console.desk.elders.record_page import HOW
from console.desk.elders.shared import Changer
from console.desk.floor import Floor
from console.desk.page import page

SHOWN = 200
"""Rows of each kind on the page; whatever asks a question is shown in full."""
SHEET_PATH = "/desk/elders/import"
MOST_SHEET = MOST_OCTETS + 4096
"""Octets of the request that carries a sheet."""


async def decisions_of(request: Request) -> Mapping[int, Decision]:
    """What somebody chose for rows that may be there already: `row-12` is `add` or a record."""
    found = {}
    for name, value in (await request.form()).items():
        row = name.removeprefix("row-")
        if name.startswith("row-") and row.isdecimal():
            number = int(str(value)) if str(value).isdecimal() else None
            found[int(row)] = Decision(correct=number, add=value == "add")
    return found


def build_router(floor: Floor) -> APIRouter:
    """The empty sheet, the preview, yes and no."""
    router = APIRouter(prefix="/desk/elders")
    lists = own_lists()

    def lines_of(kept: ElderImport) -> list[Line]:
        return read_lines(upload.kept_sheet(kept).rows, lists, floor.clock().date())

    def waiting(session: Session, number: int, who: str) -> ElderImport:
        found = session.get(ElderImport, number)
        if found is None or found.by != who or found.state != WAITING:
            raise refuse("这张表已经办完了，或者不是您传的。", 404)
        return found

    @router.get("/import")
    def begin(request: Request, _who: Changer) -> Response:
        return _begin(request)

    @router.get("/template.xlsx")
    def empty_sheet(_who: Changer) -> Response:
        return download(template(lists), "elders.xlsx")

    @router.post("/import")
    def take(request: Request, who: Changer, file: Annotated[UploadFile, File()]) -> Response:
        try:
            sheet = read_sheet(file.file.read(MOST_OCTETS + 1))
        except SheetError as error:
            return _begin(request, str(error))
        with floor.sessions.begin() as session:
            named = file.filename or "表格"
            kept = upload.keep(session, sheet, file=named, by=who.name, now=floor.clock())
        return RedirectResponse(f"/desk/elders/import/{kept.id}", 303)

    @router.get("/import/{number:int}")
    def preview(request: Request, who: Changer, number: int) -> Response:
        with floor.reading() as session:
            kept = session.get(ElderImport, number)
            if kept is not None and kept.by == who.name and kept.state == DONE:
                return page(request, "desk/elders/imported.html", kept=kept)
            kept = waiting(session, number, who.name)
            rows = look(session, lines_of(kept))
            unknown = upload.kept_sheet(kept).unknown
        wrong = [row for row in rows if row.is_wrong]
        asking = [row for row in rows if row.asks]
        good = [row for row in rows if not row.is_wrong and not row.asks]
        return page(
            request,
            "desk/elders/preview.html",
            kept=kept,
            unknown=unknown,
            wrong=wrong,
            asking=asking,
            good=good,
            shown=SHOWN,
            by_name=BY_NAME,
        )

    @router.post("/import/{number:int}")
    def confirm(
        who: Changer,
        number: int,
        decisions: Annotated[Mapping[int, Decision], Depends(decisions_of)],
    ) -> Response:
        with floor.reading() as session:
            lines = lines_of(waiting(session, number, who.name))
        total = Result()
        # A portion a transaction: alarms must not wait behind a long sheet. After a crash the
        # sheet still waits, and what is in already is seen as such.
        for some in portions(lines):
            with floor.sessions.begin() as session:
                seen = look(session, some)
                done = write(session, seen, decisions, by=who.name, now=floor.clock())
            total.added += done.added
            total.changed += done.changed
            total.skipped += done.skipped
        # In transactions of their own: an order is locked before a record, never after.
        for elder_id in sorted({each.correct for each in decisions.values() if each.correct}):
            with floor.sessions.begin() as session:
                recheck(session, elder_id, Act(who.name, floor.clock(), HOW))
        with floor.sessions.begin() as session:
            kept = waiting(session, number, who.name)
            kept.added, kept.changed, kept.skipped = vars(total).values()
            upload.end(kept, DONE, floor.clock())
        return RedirectResponse(f"/desk/elders/import/{number}", 303)

    @router.post("/import/{number:int}/drop")
    def drop(who: Changer, number: int) -> Response:
        with floor.sessions.begin() as session:
            upload.end(waiting(session, number, who.name), DROPPED, floor.clock())
        return RedirectResponse("/desk/elders/import", 303)

    return router


def _begin(request: Request, problem: str = "") -> Response:
    limits = {"most_rows": MOST_ROWS, "most_megabytes": MOST_OCTETS // 1024 // 1024}
    status = 422 if problem else 200
    return page(request, "desk/elders/import.html", status, problem=problem, **limits)
