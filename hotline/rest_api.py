"""The REST API in a running process, and its page at the desk."""

from pathlib import Path

from fastapi import FastAPI

from actions.context import Context
from care.api_keys.sentences import Sentences
from care.desk.order_words import OrderWords
from care.report.build import Builder
from care.visits.findings import Findings
from console.api.v1.access import Access
from console.api.v1.app import PREFIX, build_app
from console.api.v1.ordering import Ordering
from console.desk import api_page


def install(app: FastAPI, data: Path, context: Context, builder: Builder) -> None:
    """Mounts it in `app`. Raises DataFileError."""
    access = Access(context.sessions, context.clock, Sentences.load(data))
    ordering = Ordering(access, context.catalogue, context.regions, OrderWords.load(data))
    api = build_app(access, builder, ordering, Findings.load(data))
    app.mount(PREFIX, api)
    app.include_router(api_page.build_router(api), include_in_schema=False)
