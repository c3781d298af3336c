"""Webhooks in a running process: the threads that send, and their pages at the desk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from care.clock import Clock
from care.settings import Settings
from care.storage.engine import Sessions
from care.threads import Threads
from care.webhooks.sender import Sender
from console.desk import webhook_page, webhooks_page

_AT_ONCE = 2
"""Receivers that are told at the same time."""


@dataclass(frozen=True)
class Webhooks:
    """All that the process needs of them."""

    sender: Sender
    threads: Threads
    """Of their own, so that a slow receiver holds up nothing."""

    def install(self, app: FastAPI) -> None:
        """Puts the pages into `app`."""
        for router in (
            webhooks_page.build_router(self.sender.settings.networks),
            webhook_page.build_router(),
        ):
            app.include_router(router, include_in_schema=False)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Other systems are told for as long as the block."""
        self.threads.start()
        try:
            yield
        finally:
            await asyncio.to_thread(self.threads.stop)


def build_webhooks(settings: Settings, sessions: Sessions, clock: Clock) -> Webhooks:
    """Sends nothing yet."""
    sender = Sender(sessions, settings.webhooks, clock)
    return Webhooks(sender, Threads("webhooks", _AT_ONCE, sender.one))
