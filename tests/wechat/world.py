"""The hotline, the platform and the dialogue engine, each behind real HTTP, for WeChat's tests."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from time import monotonic
from typing import Any

from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import Select, select

from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.emergency.detector import Detector
from bot.emergency.follow_up import Script
from bot.emergency.response import EmergencyResponse
from bot.prompts import Prompts, load_prompts
from care.changes.hub import Hub
from care.conversations.model import Utterance
from care.data_files import DATA
from care.language.extractor import Extractor
from care.settings import Settings
from care.storage.engine import Sessions
from care.wechat.model import WechatOutgoing
from care.wechat.settings import Template, WechatSettings
from console.api import chat
from console.elder_page import build_router as build_elder_page
from console.limits import BodyLimit
from hotline.wechat import build_account, build_errands
from tests.conftest import NOW
from tests.databases import ELDER_KEY
from tests.serving import serving
from tests.wechat.platform.account import Account
from tests.wechat.platform.delivery import Delivery, Sent
from tests.wechat.platform.interface import build_interface

_MOST_OCTETS = 16 * 1024
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ELDER = "o-wangguilan"
PATIENCE = 20.0
"""Seconds until something that ought to come counts as missing."""


class Hand:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        """For the platform."""
        return self.now.timestamp()

    def forward(self, **by: float) -> None:
        """As timedelta."""
        self.now += timedelta(**by)


class Rasa:
    """Answers every sentence with itself, when it is let."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.let = threading.Event()
        self.let.set()
        self.asked = threading.Semaphore(0)
        self.says: Callable[[str], str] = lambda text: f"您说的是{text}"

    def app(self) -> FastAPI:
        """Its webhook."""
        app = FastAPI()

        @app.post("/webhooks/rest/webhook")
        def webhook(body: dict[str, str]) -> list[dict[str, str]]:
            self.heard.append(body["message"])
            self.asked.release()
            self.let.wait(PATIENCE)
            return [{"recipient_id": body["sender"], "text": self.says(body["message"])}]

        @app.get("/status")
        def status() -> dict[str, Any]:
            return {}

        @app.get("/conversations/{number}/tracker")
        def tracker(number: str) -> dict[str, Any]:
            return {}

        return app


@dataclass
class World:
    """Everything of one test."""

    sessions: Sessions
    clock: Hand
    account: Account
    rasa: Rasa
    settings: Settings
    conversation: Conversation
    platform: str
    stack: ExitStack
    hotline: str = ""
    delivery: Delivery = field(init=False)

    def start(self, patience: float = PATIENCE) -> str:
        """A hotline process more; the first is where the platform sends to. Its address. However
        busy the machine, an answer is in time unless a test's `patience` is short."""
        address = self.stack.enter_context(serving(self._app(patience)))
        if not self.hotline:
            self.hotline = address
            self.delivery = Delivery(self.account, f"{address}/wechat")
        return address

    def do(self, what: Callable[[Delivery], Any], to: str | None = None) -> Sent:
        """A user does something; returns when the platform is done with it."""

        async def run() -> Sent:
            delivery = Delivery(self.account, f"{to or self.hotline}/wechat", 2 * PATIENCE)
            async with delivery.http:
                sent: Sent = await what(delivery)
                return sent

        return asyncio.run(run())

    def say(self, text: str, openid: str = ELDER) -> Sent:
        """A user writes."""
        return self.do(lambda delivery: delivery.text(openid, text))

    def answers(self, openid: str = ELDER) -> list[str]:
        """What the account said to somebody."""
        return self.account.answers(openid)

    def until(self, count: int, openid: str = ELDER) -> list[str]:
        """The answers, once there are so many."""
        assert self.account.wait_for(lambda: len(self.answers(openid)) >= count, PATIENCE), (
            f"{self.answers(openid)}"
        )
        return self.answers(openid)

    def until_said(self, text: str, openid: str = ELDER) -> list[str]:
        """The answers, once one of them ends so."""
        said = self.account.wait_for(
            lambda: any(each.endswith(text) for each in self.answers(openid)), PATIENCE
        )
        assert said, f"{self.answers(openid)}"
        return self.answers(openid)

    def until_stored(self, text: str) -> None:
        """Returns when the assistant has said so."""
        self._until(select(Utterance.id).where(Utterance.text == text), 1)

    def until_outbox(self, state: str, count: int) -> None:
        """Returns when so many rows of the outbox are in this state."""
        self._until(select(WechatOutgoing.id).where(WechatOutgoing.state == state), count)

    def until_error(self, error: str) -> None:
        """Returns when something is to be sent again after this error."""
        waits = (WechatOutgoing.error == error) & (WechatOutgoing.due_at > self.clock())
        self._until(select(WechatOutgoing.id).where(waits), 1)

    def _until(self, query: Select[Any], count: int) -> None:
        deadline = monotonic() + PATIENCE
        while monotonic() < deadline:
            with self.sessions() as session:
                if len(session.scalars(query).all()) >= count:
                    return
            threading.Event().wait(0.02)
        raise AssertionError("it did not come")

    def _app(self, patience: float) -> FastAPI:
        hub = Hub(self.sessions, every=0.05)
        account = build_account(
            self.settings, self.sessions, self.conversation, hub, self.clock, patience=patience
        )

        @asynccontextmanager
        async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
            looking = asyncio.create_task(hub.run())
            async with account.running():
                yield
            looking.cancel()

        app = FastAPI(lifespan=lifespan)
        prompts = self.conversation.prompts
        app.add_middleware(BodyLimit, limit=_MOST_OCTETS, sentence=prompts.too_large)
        chat.register_errors(app, prompts)
        account.install(app)
        app.include_router(build_elder_page())  # with the files of the page inside WeChat
        return app


@cache
def _heart() -> tuple[Detector, Extractor, Script, Prompts]:
    """What a conversation needs beside a database and a dialogue engine, read once."""
    detector = Detector.load(DATA / "emergency")
    script = Script.load(DATA / "emergency", detector)
    return detector, Extractor.load(DATA), script, load_prompts(DATA)


@contextmanager
def world(
    sessions: Sessions, *, aes: bool = True, templates: dict[str, Template] | None = None
) -> Iterator[World]:
    """Platform and dialogue engine are up; the hotline comes with `start`."""
    clock, rasa = Hand(), Rasa()
    account = Account(aes_key=AES_KEY if aes else "", clock=clock.seconds)
    with ExitStack() as stack:
        platform = stack.enter_context(serving(build_interface(account)))
        engine = stack.enter_context(serving(rasa.app()))
        settings = Settings(
            database_url="sqlite://",
            elder_key=ELDER_KEY,
            wechat=WechatSettings(
                appid=account.appid,
                secret=SecretStr(account.secret),
                token=SecretStr(account.token),
                aes_key=SecretStr(account.aes_key),
                base_url=platform,
                open_url=platform,
                page_url="http://127.0.0.1:1",
                templates=templates or {},
            ),
        )
        dialogue = Dialogue(engine, 30.0)
        stack.callback(dialogue.close)
        stack.callback(rasa.let.set)
        detector, extractor, script, prompts = _heart()
        conversation = Conversation(
            sessions=sessions,
            dialogue=dialogue,
            emergency=EmergencyResponse(sessions, detector, extractor, script),
            prompts=prompts,
            clock=clock,
            errands=build_errands(settings, sessions, clock),
        )
        yield World(sessions, clock, account, rasa, settings, conversation, platform, stack)
