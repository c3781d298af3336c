"""`/desk/elders`: finds records; `/desk/elders/new` adds one."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from care.elders.duplicates import alike, person_of
from care.elders.entry import read_entry
from care.elders.field import FIELDS
from care.elders.finding import AT_ONCE, find
from care.elders.lists import own_lists
from care.elders.model import Elder
from care.elders.sentences import sentence
from care.elders.writing import TakenError, add
from console.desk.elders.form import choices, typed_fields
from console.desk.elders.shared import Changer, Reader
from console.desk.floor import Floor
from console.desk.page import page

Skip = Annotated[int, Query(ge=0, le=1000)]
Typed = Annotated[Mapping[str, str], Depends(typed_fields)]


def build_router(floor: Floor) -> APIRouter:
    """The search, and the form of a new record."""
    router = APIRouter(prefix="/desk/elders")
    lists = own_lists()

    @router.get("")
    def search(
        request: Request,
        _who: Reader,
        q: Annotated[str, Query(max_length=100)] = "",
        region: Annotated[str, Query(max_length=32)] = "",
        skip: Skip = 0,
    ) -> Response:
        here = lists.region(region) if region else None
        with floor.reading() as session:
            within = lists.regions_in(here) if here else None
            found = find(session, q, regions=within, skip=skip)
        return page(
            request,
            "desk/elders/list.html",
            found=found,
            q=q,
            region=region,
            unknown_region=bool(region and here is None),
            regions=list(lists.regions),
            today=floor.clock().date(),
            before=max(skip - AT_ONCE, 0) if skip else None,
            after=skip + AT_ONCE if found.more else None,
        )

    @router.get("/new")
    def empty(request: Request, _who: Changer) -> Response:
        return _form(request, {}, {}, [])

    @router.post("")
    def make(request: Request, who: Changer, typed: Typed) -> Response:
        entry = read_entry(typed, lists, floor.clock().date())
        if entry.problems:
            return _form(request, typed, entry.problems, [])
        try:
            with floor.sessions.begin() as session:
                near = alike(session, [entry.values]).get(person_of(entry.values), [])
                if near and typed.get("anyway") != "yes":
                    return _form(request, typed, {}, near)
                elder = add(session, entry.values, by=who.name, now=floor.clock())
        except TakenError as error:
            told = sentence("taken", number=error.elder_id)
            return _form(request, typed, {error.field: told}, [])
        return RedirectResponse(f"/desk/elders/{elder.id}?done=added", 303)

    return router


def _form(
    request: Request, typed: Mapping[str, str], problems: Mapping[str, str], near: list[Elder]
) -> Response:
    return page(
        request,
        "desk/elders/new.html",
        422 if problems or near else 200,
        fields=FIELDS,
        typed=typed,
        problems=problems,
        near=near,
        choices=choices(),
    )
