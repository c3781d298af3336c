"""Keeps an open page up to date: server-sent events that carry rendered parts.

A page is sent all its parts when it connects, and from then on those that became different. So a
browser that was away, or too slow and was dropped, has caught up as soon as it is back.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable

import structlog
from fastapi import Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from sse_starlette.sse import SendTimeoutError
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from care.changes.hub import Wants
from care.desk import seats
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import still_signed_in
from console.desk.desk import desk_of
from console.desk.floor import Floor
from console.desk.page import page

Parts = dict[str, str]
"""HTML by the name of the event that carries it."""

_SLOW = 10.0
"""Seconds that a browser may take for one part until it is dropped."""
_ANYWAY = 30.0
"""Seconds until the parts are looked at although nothing changed: some change with time alone."""

log = structlog.get_logger(__name__)


class LiveResponse(EventSourceResponse):
    """A stream whose browser is dropped when it doesn't take what is sent."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        try:
            await super().__call__(scope, receive, send)
        except SendTimeoutError:
            log.info("slow page dropped")


def part(request: Request, template: str, /, **context: object) -> str:
    """A part of a page, as htmx swaps it in."""
    return bytes(page(request, template, **context).body).decode()


def live(
    request: Request,
    who: SignedIn,
    floor: Floor,
    wants: Wants,
    render: Callable[[], Parts],
    *,
    every: float = 0.0,
) -> LiveResponse:
    """The stream of one page. `render` runs in a thread; `wants` says which changes matter to it.

    Alarms matter to every page of whoever works them. While the stream is open, its operator is at
    the desk; it ends with their sign-in. `every`: seconds at least from one look to the next.
    """
    return LiveResponse(
        _events(request, who, floor, wants, render, every=every), send_timeout=_SLOW
    )


async def _events(
    request: Request,
    who: SignedIn,
    floor: Floor,
    wants: Wants,
    render: Callable[[], Parts],
    *,
    every: float,
) -> AsyncIterator[ServerSentEvent]:
    def parts() -> Parts:
        if not who.may(Right.WORK_ALARMS):
            return render()
        told = {"queue": floor.shared_queue(), "alarm_words": floor.alarm_words}
        return {"alert": part(request, "desk/alert.html", **told), **render()}

    sent: Parts = {}
    time = asyncio.get_running_loop().time
    due, looked = True, -math.inf
    with floor.hub.follow(lambda topic, key: topic == "alarm" or wants(topic, key)) as follower:
        while await run_in_threadpool(_is_here, request, who):
            until = time() + seats.TOUCH.total_seconds()
            due = due or time() - looked > _ANYWAY
            while True:
                if due and time() - looked >= every:
                    due, looked = False, time()
                    for name, html in (await run_in_threadpool(parts)).items():
                        if sent.get(name) != html:
                            sent[name] = html
                            yield ServerSentEvent(html, event=name)
                if (left := until - time()) <= 0:
                    break
                if due:  # something changed, too soon after the last look
                    await asyncio.sleep(min(left, looked + every - time()))
                else:
                    due = await follower.next(left) != frozenset()


def _is_here(request: Request, who: SignedIn) -> bool:
    if not still_signed_in(request):
        return False
    desk = desk_of(request)
    with desk.sessions.begin() as session:
        seats.touch(session, who.name, desk.clock())
    return True
