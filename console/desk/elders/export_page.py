"""`/desk/elders/export`: a workbook of records, numbers hidden unless somebody says why not."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from care.elders.exporting import MOST, TooManyError, chosen, export, file_name
from care.elders.lists import own_lists
from care.elders.sentences import sentence
from care.operators.refused import RefusedError
from care.operators.reveal import MOST_WHY, reveal_export
from console.desk.download import download
from console.desk.elders.shared import Reader
from console.desk.floor import Floor
from console.desk.page import page


def build_router(floor: Floor) -> APIRouter:
    """The question, and the file."""
    router = APIRouter(prefix="/desk/elders")
    lists = own_lists()

    @router.get("/export")
    def ask(request: Request, _who: Reader) -> Response:
        return _ask(request)

    @router.post("/export")
    def give(
        request: Request,
        who: Reader,
        region: Annotated[str, Form(max_length=32)] = "",
        full: Annotated[str, Form(max_length=8)] = "",
        why: Annotated[str, Form(max_length=2 * MOST_WHY)] = "",
    ) -> Response:
        here = lists.region(region) if region else None
        if region and here is None:
            return _ask(request, sentence("unknown_region", word=region))
        whole = full == "yes"
        try:
            with floor.sessions.begin() as session:
                elders = chosen(session, lists.regions_in(here) if here else None)
                if whole:
                    reveal_export(session, who, len(elders), why=why, now=floor.clock())
            with floor.reading() as session:
                book = export(session, elders, full=whole)
        except TooManyError:
            return _ask(request, sentence("too_many_records", most=MOST))
        except RefusedError as error:
            return _ask(request, str(error))
        return download(book, file_name(floor.clock(), full=whole))

    def _ask(request: Request, problem: str = "") -> Response:
        told = {"regions": list(lists.regions), "most_why": MOST_WHY, "problem": problem}
        return page(request, "desk/elders/export.html", 422 if problem else 200, **told)

    return router
