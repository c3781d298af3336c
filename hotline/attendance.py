"""What the desk needs while the process runs: news for open pages, and an eye on closed ones."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from fastapi import FastAPI

from care.alarms.words import Words as AlarmWords
from care.changes.hub import Hub
from care.changes.reader import forget_old
from care.clock import Clock
from care.desk import seats
from care.desk.words import Words
from care.entitlements.load import Entitlements
from care.storage.engine import Sessions
from console.api import chat_live
from console.desk import alarm_page, callbacks_page, conversation_page, queue_page
from console.desk.floor import Floor
from console.limits import SenderLimit

_SWEEP = 3.0
"""Seconds from one look for closed browsers to the next."""
_FORGET = 600.0
"""Seconds from one clearing of old changes, which are kept for an hour, to the next."""

log = structlog.get_logger(__name__)


def build_floor(data: Path, sessions: Sessions, clock: Clock, entitlements: Entitlements) -> Floor:
    """What the pages of callers, alarms and call-backs share. Raises DataFileError."""
    words, alarm_words = Words.load(data), AlarmWords.load(data)
    return Floor(sessions, clock, Hub(sessions), words, alarm_words, entitlements)


def install(app: FastAPI, floor: Floor) -> None:
    """Puts those pages, and the stream of the elders' page, into `app`."""
    for pages in (queue_page, conversation_page, alarm_page, callbacks_page):
        app.include_router(pages.build_router(floor), include_in_schema=False)
    limit = SenderLimit(count=10, seconds=10)
    app.include_router(chat_live.build_router(floor.sessions, floor.hub, limit))


@asynccontextmanager
async def attended(floor: Floor) -> AsyncIterator[None]:
    """Tells open pages what changed, and frees what closed browsers held."""
    jobs = (floor.hub.run(), _every(_SWEEP, _free, floor), _every(_FORGET, _forget, floor))
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _every(seconds: float, job: Callable[[Floor], None], floor: Floor) -> None:
    while True:
        try:
            await asyncio.to_thread(job, floor)
        except Exception as error:  # whatever it is: the next time it may be done
            log.warning("the desk is not tidied", job=job.__name__, error=type(error).__name__)
        await asyncio.sleep(seconds)


def _free(floor: Floor) -> None:
    with floor.sessions.begin() as session:
        seats.settle(session, floor.clock())
        gone = seats.free_abandoned(session, floor.clock())
    if gone:
        log.info("freed what closed browsers held", operators=len(gone))


def _forget(floor: Floor) -> None:
    with floor.sessions.begin() as session:
        forget_old(session, floor.clock())
