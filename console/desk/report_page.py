"""`/desk/report`: what was done for elders in half a year, as a page to be printed and in Excel."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from care.figures.figure import Unit, show
from care.figures.period import Period, Span, period
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.report.build import Builder, Report
from care.report.workbook import as_workbook
from console.desk.access import may
from console.desk.desk import desk_of
from console.desk.download import download
from console.desk.page import page

_FIRST = date(2020, 1, 1)
"""Nothing is counted before; it keeps dates in an address within reason."""

Viewer = Annotated[SignedIn, Depends(may(Right.SEE_FIGURES))]
On = Annotated[date | None, Query(ge=_FIRST, le=date(2100, 1, 1))]
"""A day of the half-year; without it the last that is over."""


def build_router(builder: Builder) -> APIRouter:
    """The page and the file."""
    router = APIRouter(prefix="/desk/report")

    def chosen(on: date | None) -> Period:
        if on is not None:
            return period(Span.HALF_YEAR, on)
        return period(Span.HALF_YEAR, period(Span.HALF_YEAR, builder.clock().date()).before)

    def counted(request: Request, on: date | None) -> Report:
        with desk_of(request).reading() as session:
            return builder.build(session, chosen(on))

    @router.get("")
    def show_report(request: Request, _who: Viewer, on: On = None) -> Response:
        report = counted(request, on)
        waits = [
            (within.seconds, show(within.share, Unit.SHARE), within.counted)
            for within in report.response.within
        ]
        return page(
            request,
            "desk/report.html",
            report=report,
            notice=_notice(report),
            made=builder.clock(),
            waits=waits,
            median=show(report.response.median_seconds, Unit.SECONDS),
            share=lambda value: show(value, Unit.SHARE),
        )

    @router.get("/report.xlsx")
    def as_file(request: Request, _who: Viewer, on: On = None) -> Response:
        report = counted(request, on)
        half = f"{report.period.on.year}-{1 if report.period.on.month == 1 else 2}"
        return download(as_workbook(report, _notice(report)), f"report-{half}.xlsx")

    return router


def _notice(report: Report) -> str:
    if report.is_empty:
        return "这半年没有服务、探访和报警的记录，下面只有在册的老人。"
    return "" if report.is_over else "这半年还没有过完，数字截到现在。"
