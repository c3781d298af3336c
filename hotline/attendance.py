"""What the desk needs while the process runs: news for open pages, and an eye on closed ones."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from fastapi import FastAPI

from care.alarms.ladder import Ladder
from care.alarms.words import Words as AlarmWords
from care.changes.hub import Hub
from care.changes.reader import forget_old
from care.clock import Clock
from care.desk import seats
from care.desk.words import Words
from care.entitlements.load import Entitlements
from care.storage.engine import Sessions, readers
from console.api import chat_live
from console.desk import (
    alarm_page,
    alert_stream,
    call_page,
    callbacks_page,
    conversation_page,
    headset_page,
    queue_page,
    raise_page,
    sound_socket,
)
from console.desk.calls import Calls, NoCalls
from console.desk.elders import pages as elder_pages
from console.desk.floor import Floor
from console.limits import SenderLimit

_SWEEP = 3.0
"""Seconds from one look for closed browsers to the next."""
_FORGET = 600.0
"""Seconds from one clearing of old changes, which are kept for an hour, to the next."""

_PAGES = (
    queue_page,
    conversation_page,
    alarm_page,
    raise_page,
    callbacks_page,
    alert_stream,
    call_page,
    headset_page,
    sound_socket,
)

log = structlog.get_logger(__name__)


def build_floor(
    data: Path,
    sessions: Sessions,
    clock: Clock,
    entitlements: Entitlements,
    calls: Calls | None = None,
    *,
    hub: Hub | None = None,
) -> Floor:
    """What the pages of callers, alarms and call-backs share. Raises DataFileError."""
    words, alarm_words = Words.load(data), AlarmWords.load(data)
    ladder = Ladder.load(data)
    hub = hub or Hub(readers(sessions))
    return Floor(sessions, clock, hub, words, alarm_words, entitlements, ladder, calls or NoCalls())


def install(app: FastAPI, floor: Floor) -> None:
    """Puts those pages, and the stream of the elders' page, into `app`."""
    for pages in _PAGES:
        app.include_router(pages.build_router(floor), include_in_schema=False)
    for router in elder_pages.build_routers(floor):
        app.include_router(router, include_in_schema=False)
    limit = SenderLimit(count=10, seconds=10)
    app.include_router(chat_live.build_router(floor.reading, floor.hub, limit))


@asynccontextmanager
async def attended(floor: Floor) -> AsyncIterator[None]:
    """Tells open pages what changed, and frees what closed browsers held."""
    jobs = (
        floor.hub.run(),
        floor.calls.follow(floor.hub),
        _every(_SWEEP, _free, floor),
        _every(_FORGET, _forget, floor),
    )
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
