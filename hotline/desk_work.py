"""Pages of the desk beside queue and talks: orders, policies, the wallboard, the report."""

from pathlib import Path

from fastapi import FastAPI

from actions.context import Context
from care.desk.order_words import OrderWords
from care.figures.shared import Shared
from care.figures.words import Words
from console.desk import (
    hours_page,
    knowledge_page,
    offers_part,
    order_steps,
    orders_page,
    report_page,
    series_part,
    wallboard_page,
)
from console.desk.floor import Floor
from hotline import rest_api
from hotline.report import build_builder


def install(app: FastAPI, floor: Floor, data: Path, context: Context) -> None:
    """Puts them into `app`. Raises DataFileError."""
    builder = build_builder(data, context.catalogue, context.regions, floor.clock)
    rest_api.install(app, data, context, builder)
    for router in (
        orders_page.build_router(floor, context.catalogue, OrderWords.load(data)),
        order_steps.build_router(floor, context.catalogue),
        series_part.build_router(floor),
        hours_page.build_router(floor),
        knowledge_page.build_router(floor, context.cards, dict(context.documents), context.regions),
        offers_part.build_router(floor, context.cards, dict(context.documents)),
        report_page.build_router(builder),
        wallboard_page.build_router(floor, Words.load(data), Shared(floor.sessions, floor.clock)),
    ):
        app.include_router(router, include_in_schema=False)
