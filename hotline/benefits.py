"""Benefits that find people in a running process: the nightly round, pages, and ways of telling."""

import threading
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time

import structlog
from fastapi import FastAPI

from care.benefits.by_notice import ByNotice
from care.benefits.by_wechat import ByWechat
from care.benefits.channel import Channel, Teller
from care.benefits.night import Night
from care.benefits.sender import Sender
from care.benefits.sentences import Sentences
from care.benefits.words import Words
from care.clock import Clock
from care.notices.settings import CallChannel, NoticeSettings, SmsChannel
from care.regions.region import Regions
from care.settings import Settings
from care.stopping import Stopped
from care.storage.engine import Sessions
from console.desk import benefits_page
from console.desk.benefit_desk import BenefitDesk
from console.desk.floor import Floor
from hotline.job import LongJob
from hotline.notifier import Telephones, build_notifier

FROM = time(1)
"""When a night's round begins, or as soon after it as a process runs."""
_EVERY = 60.0
"""Seconds from one look whether there is a round to do, or to go on with, to the next."""
_LOOK = 5.0
"""Seconds from one look for elders to be told to the next."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Benefits:
    """All of it; nothing runs yet."""

    desk: BenefitDesk
    senders: tuple[Sender, ...]
    night: Night
    clock: Clock

    @property
    def job(self) -> LongJob:
        """The nightly round."""
        return LongJob("benefits", _EVERY, self._round)

    def install(self, app: FastAPI) -> None:
        """Puts the pages into `app`."""
        app.include_router(benefits_page.build_router(self.desk), include_in_schema=False)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Elders are told for as long as the block."""
        stopped = threading.Event()
        for sender in self.senders:
            name = f"benefits {sender.channel.value}"
            threading.Thread(target=_send, args=(sender, stopped), name=name, daemon=True).start()
        try:
            yield
        finally:
            # A call that goes on ends with its line; what it was about is sent again later.
            stopped.set()

    def _round(self, stopped: Stopped) -> None:
        if self.clock().time() < FROM:
            return
        done = self.night.run(stopped)
        if done:
            log.info("benefits looked for", elders=done.elders, found=done.found)


def build_benefits(
    settings: Settings,
    sessions: Sessions,
    clock: Clock,
    floor: Floor,
    telephone: Telephones | None = None,
) -> Benefits:
    """`telephone` is this process's own, where it has one. Raises DataFileError."""
    sentences, owner = Sentences.load(settings.data), uuid.uuid4().hex
    tellers = build_tellers(settings.notices, sessions, clock, sentences, telephone)
    if settings.wechat.on:
        tellers[Channel.WECHAT] = ByWechat(sessions, clock)
    return Benefits(
        BenefitDesk(
            floor,
            Words.load(settings.data),
            sentences,
            Regions.load(settings.data / "regions.yml"),
            tuple(tellers),
        ),
        tuple(Sender(channel, each, sessions, clock, owner) for channel, each in tellers.items()),
        Night(sessions, floor.entitlements, clock, owner),
        clock,
    )


def build_tellers(
    settings: NoticeSettings,
    sessions: Sessions,
    clock: Clock,
    sentences: Sentences,
    telephone: Telephones | None = None,
) -> dict[Channel, Teller]:
    """The ways out that this process has: its telephone, and the gateways of the settings."""
    routes: dict[Channel, NoticeSettings] = {}
    if telephone is not None:
        # Once is enough: whoever doesn't pick up is on the operator's list again.
        call = {"call": CallChannel(kind="call")}
        routes[Channel.CALL] = NoticeSettings(channels=call, contact_routes=("call",), attempts=1)
    if gateways := tuple(n for n, c in settings.channels.items() if isinstance(c, SmsChannel)):
        routes[Channel.SMS] = settings.model_copy(update={"contact_routes": gateways})
    return {
        channel: ByNotice(sessions, build_notifier(route, sessions, clock, telephone), sentences)
        for channel, route in routes.items()
    }


def _send(sender: Sender, stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            if sender.send_one():
                continue
        except Exception as error:  # a database that is away: the next look may find it
            log.warning("elders can't be told", error=type(error).__name__)
        stopped.wait(_LOOK)
