"""Puts together what the processes of one installation need of each other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from fastapi import APIRouter, FastAPI

from care.changes.hub import Hub
from care.clock import Clock
from care.storage.engine import Sessions, readers
from care.storage.seal import seal_of
from console.desk.calls import Calls, NoCalls
from hotline.peers.calls import AllCalls
from hotline.peers.others import Others
from hotline.peers.route import build_router
from hotline.peers.ticket import Tickets

_TIMEOUT = httpx.Timeout(1.0, connect=0.5)
"""Seconds; they stand in one rack, and a page waits."""


@dataclass(frozen=True)
class Peers:
    """This process among the others."""

    calls: Calls
    """For its desk: everybody's."""
    hub: Hub
    """Its own, by which it knows when to ask the others anew."""
    http: httpx.Client
    router: APIRouter | None
    """By which the others come in, if this process has calls."""

    def install(self, app: FastAPI) -> None:
        """Puts its routes into `app`."""
        if self.router is not None:
            app.include_router(self.router)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """For as long as the process."""
        with self.http:
            yield


def build_peers(own_calls: Calls | None, sessions: Sessions, clock: Clock, own: str) -> Peers:
    """`own_calls`: None where there is no telephone line. `own`: where others reach this process.
    `sessions` belong to an engine with a seal."""
    hub, http = Hub(readers(sessions)), httpx.Client(timeout=_TIMEOUT, trust_env=False)
    tickets = Tickets(lambda: seal_of(sessions.kw["bind"]).keys(), own, clock)
    others = Others(
        readers(sessions), tickets, http, own=own, clock=clock, newest=lambda: hub.newest
    )
    router = build_router(own_calls, tickets) if own_calls else None
    return Peers(AllCalls(own_calls or NoCalls(), others), hub, http, router)
