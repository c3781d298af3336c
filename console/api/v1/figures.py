"""The half-yearly report's numbers."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from care.api_keys.keys import Caller
from care.api_keys.scope import Scope
from care.figures.period import Span, period
from care.report.build import Builder
from console.api.v1.access import Access
from console.api.v1.shapes import FigureItem, HalfYear


def build_router(access: Access, builder: Builder) -> APIRouter:
    """One route."""
    router = APIRouter()
    reader = Annotated[Caller, Depends(access.needs(Scope.FIGURES))]

    @router.get("/figures/half-year", summary="Numbers of a half-year", tags=["figures"])
    def half_year(
        _caller: reader,
        on: Annotated[
            date, Query(ge=date(2020, 1, 1), le=date(2100, 1, 1), description="Any day of it.")
        ],
    ) -> HalfYear:
        with access.reading() as session:
            report = builder.build(session, period(Span.HALF_YEAR, on))
        return HalfYear(
            title=report.period.title,
            first_day=report.period.on,
            is_over=report.is_over,
            figures=[
                FigureItem(
                    id=number.id,
                    label=number.label,
                    value=number.value,
                    unit=number.unit,
                    means=number.means,
                    regions={
                        level.id: {
                            line.region: line.values.get(number.id, 0) for line in level.lines
                        }
                        for level in report.levels
                    },
                )
                for chapter in report.chapters
                for number in chapter.numbers
            ],
        )

    return router
