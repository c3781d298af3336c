"""WeChat in a running process: the account's routes, and the threads behind them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter, FastAPI

from bot.channels.wechat.answering import Answering
from bot.channels.wechat.api import Api, open_http
from bot.channels.wechat.errands import Binding, Wishes, Wordless, code_key
from bot.channels.wechat.following import Following
from bot.channels.wechat.inbox import MOST_WAITING, PATIENCE, Inbox
from bot.channels.wechat.ledger import Ledger
from bot.channels.wechat.menu import Menu
from bot.channels.wechat.sender import Sender
from bot.channels.wechat.sentences import Sentences
from bot.channels.wechat.tokens import Tokens
from bot.channels.wechat.waiting import Waiting
from bot.channels.wechat.worker import Worker
from bot.conversation import Conversation
from bot.errand import Errand
from care.changes.hub import Hub
from care.clock import Clock
from care.settings import Settings
from care.storage.engine import Sessions
from care.threads import Threads
from console.api import wechat, wechat_page
from console.desk.wechat_page import build_router as build_desk_page
from hotline.wechat_voice import build_voice

_SENDERS = 2
"""The platform takes a tenth of a second for each message."""


class Part(Protocol):
    """Threads that run as long as the process."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(frozen=True)
class Account:
    """The official account, or none: no routes and no threads."""

    routers: tuple[APIRouter, ...] = ()
    parts: tuple[Part, ...] = ()
    closing: tuple[Callable[[], None], ...] = ()

    def install(self, app: FastAPI) -> None:
        """Puts the account's routes into `app`."""
        app.state.wechat = bool(self.routers)
        for router in self.routers:
            app.include_router(router, include_in_schema=False)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Messages are answered for as long as the block."""
        for part in self.parts:
            part.start()
        try:
            yield
        finally:
            await asyncio.gather(*(asyncio.to_thread(part.stop) for part in self.parts))
            for close in self.closing:
                await asyncio.to_thread(close)


def build_errands(settings: Settings, sessions: Sessions, clock: Clock) -> tuple[Errand, ...]:
    """What is settled about WeChat in any conversation. Raises DataFileError."""
    if not settings.wechat.on:
        return ()
    says = Sentences.load(settings.data)
    return (
        Binding(sessions, says, code_key(settings.wechat), clock),
        Wishes(sessions, says, clock),
        Wordless(says),
    )


def build_api(settings: Settings, sessions: Sessions, clock: Clock) -> Api:
    """The way to the platform; nothing is connected yet."""
    http = open_http(settings.wechat)
    return Api(settings.wechat, http, Tokens(sessions, settings.wechat, http, clock))


def build_account(
    settings: Settings,
    sessions: Sessions,
    conversation: Conversation,
    hub: Hub,
    clock: Clock,
    *,
    patience: float = PATIENCE,
) -> Account:
    """What the settings say of it. `patience`: see `Inbox`. Raises DataFileError."""
    if not settings.wechat.on:
        return Account()
    says, menu = Sentences.load(settings.data), Menu.load(settings.data)
    api = build_api(settings, sessions, clock)
    ear, mouth = build_voice(api, settings)
    answering = Answering(sessions, conversation, says, menu, ear, clock)
    waiting, ledger = Waiting(MOST_WAITING), Ledger(sessions)
    senders = Threads("wechat-out", _SENDERS, Sender(sessions, api, says, mouth, clock).one)

    def done(number: int) -> None:
        waiting.done(number)
        senders.wake()

    workers = Threads("wechat", MOST_WAITING, Worker(answering, done).one)
    inbox = Inbox(answering, ledger, waiting, workers.wake, senders.wake, patience)
    page = wechat_page.Page(settings.wechat, api, answering, says, sessions, hub, clock)
    return Account(
        routers=(
            wechat.build_router(settings.wechat, inbox, clock),
            wechat_page.build_router(page),
            build_desk_page(code_key(settings.wechat)),
        ),
        parts=(ledger, workers, senders, Following(sessions, says, clock, senders.wake)),
        closing=(mouth.close, api.http.close),
    )
