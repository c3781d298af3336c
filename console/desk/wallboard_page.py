"""`/desk/wallboard`: the hotline now, and a day, a week or half a year in figures and files."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from care.alarms.words import spell_seconds
from care.desk.queue import GOAL
from care.figures.course import Course, courses
from care.figures.files import as_csv, as_workbook
from care.figures.listing import Group, listing
from care.figures.now import AGES
from care.figures.period import Period, Span, period
from care.figures.shared import Shared
from care.figures.words import Words
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.download import WORKBOOK, download
from console.desk.floor import Floor
from console.desk.live import LiveResponse, Parts, live, part
from console.desk.page import page

EVERY = 2.0
"""Seconds from one look at the figures to the next, however much changes."""
_FIRST = date(2020, 1, 1)
"""Nothing is counted before; it keeps dates in an address within reason."""

_AGE_LABELS = (
    *(f"{spell_seconds(age.total_seconds())}以内" for age in AGES),
    f"超过{spell_seconds(AGES[-1].total_seconds())}",
)

Viewer = Annotated[SignedIn, Depends(may(Right.SEE_FIGURES))]
On = Annotated[date | None, Query(ge=_FIRST, le=date(2100, 1, 1))]
"""A day in the period; today's without it, also when midnight passes."""


def build_router(floor: Floor, words: Words, shared: Shared) -> APIRouter:
    """The wallboard, its big screen, and its files."""
    router = APIRouter(prefix="/desk/wallboard")

    def asked(span: Span, on: date | None) -> Period:
        return period(span, on or floor.clock().date())

    def counted(chosen: Period) -> tuple[tuple[Group, ...], tuple[Course, ...]]:
        found = shared.board(chosen)
        return listing(found, words), courses(found, words, floor.words, floor.alarm_words)

    def context(span: Span, on: date | None) -> dict[str, object]:
        chosen = asked(span, on)
        groups, charts = counted(chosen)
        return {
            "now": shared.now(),
            "board": shared.board(chosen),
            "period": chosen,
            "chosen": on,
            "spans": list(Span),
            "groups": groups,
            "courses": charts,
            "figures": {line.figure.id: line for group in groups for line in group.lines},
            "age_labels": _AGE_LABELS,
            "goal": int(GOAL.total_seconds()),
            "words": floor.words,
            "today": floor.clock().date(),
        }

    @router.get("")
    def wallboard(request: Request, _who: Viewer, span: Span = Span.DAY, on: On = None) -> Response:
        return page(request, "desk/wallboard.html", **context(span, on))

    @router.get("/live")
    async def follow(
        request: Request, who: Viewer, span: Span = Span.DAY, on: On = None
    ) -> LiveResponse:
        def render() -> Parts:
            told = context(span, on)
            parts = {
                name: part(request, f"desk/wallboard/{name}.html", **told)
                for name in ("now", "groups")
            }
            for course in counted(asked(span, on))[1]:
                name = f"course-{course.id}"
                parts[name] = part(request, "desk/wallboard/course.html", course=course)
            return parts

        return live(request, who, floor, _all, render, every=EVERY)

    @router.get("/screen")
    def screen(request: Request, who: Viewer) -> Response:
        # Nobody can do anything with such a sign-in, so it may stay on while nobody touches it.
        stays = who.rights == {Right.SEE_FIGURES}
        return page(request, "desk/screen.html", stays=stays, **context(Span.DAY, None))

    @router.get("/screen/live")
    async def follow_screen(request: Request, who: Viewer) -> LiveResponse:
        def render() -> Parts:
            told = context(Span.DAY, None)
            return {"screen": part(request, "desk/wallboard/screen.html", **told)}

        return live(request, who, floor, _all, render, every=EVERY)

    @router.get("/figures.csv")
    def as_text(_who: Viewer, span: Span = Span.DAY, on: On = None) -> Response:
        chosen = asked(span, on)
        body = as_csv(chosen.title, counted(chosen)[0])
        return _file(body, "text/csv; charset=utf-8", chosen, "csv")

    @router.get("/figures.xlsx")
    def as_book(_who: Viewer, span: Span = Span.DAY, on: On = None) -> Response:
        chosen = asked(span, on)
        return _file(as_workbook(chosen.title, *counted(chosen)), WORKBOOK, chosen, "xlsx")

    return router


def _all(_topic: str, _key: str) -> bool:
    return True


def _file(body: bytes, kind: str, chosen: Period, ending: str) -> Response:
    name = f"12349-{chosen.span.value}-{chosen.on:%Y%m%d}.{ending}"
    return download(body, name, kind)
