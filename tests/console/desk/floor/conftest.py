"""The whole hotline process but Rasa, with three people at the desk, and elders who write to it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from actions.context import Context
from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.emergency.response import EmergencyResponse
from bot.prompts import load_prompts
from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.entitlements.load import Entitlements
from care.knowledge.index import CardIndex
from care.knowledge.load import load_index
from care.language.extractor import Extractor
from care.operators.role import Role
from care.regions.region import Regions
from console.api import chat
from console.desk.calls import Calls
from console.desk.pages import install as install_desk
from console.elder_page import build_router as build_elder_page
from console.limits import SenderLimit
from hotline.attendance import attended, build_floor
from hotline.attendance import install as install_floor
from hotline.desk_work import install as install_desk_work
from tests.bot.emergency.loaded import detector, script
from tests.console.desk.setting import Setting
from tests.serving import serving

NOWHERE = "http://127.0.0.1:9"
"""Where no dialogue engine answers: alarms and wishes for a person need none."""

OpenElder = Callable[[], "ElderPage"]
Say = Callable[[str, str], None]


@dataclass
class ElderPage:
    """An elder in front of the page, in a browser of their own."""

    page: Page

    def say(self, text: str) -> None:
        """Writes a sentence and sends it."""
        box = self.page.get_by_role("textbox", name="您想说什么")
        box.fill(text)
        box.press("Enter")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log", name="对话")

    @property
    def banner(self) -> Locator:
        """What stays on the screen while a person is asked for."""
        return self.page.locator("#handover")


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Read once: it takes seconds."""
    return Extractor.load(DATA)


@pytest.fixture(scope="session")
def entitlements() -> Entitlements:
    """Read once."""
    return Entitlements.load(DATA)


@pytest.fixture(scope="session")
def cards() -> CardIndex:
    """Built once."""
    return load_index()


@pytest.fixture
def context(setting: Setting, entitlements: Entitlements, cards: CardIndex) -> Context:
    """The domain, for pages that answer and order."""
    return Context(
        sessions=setting.sessions,
        clock=setting.clock,
        entitlements=entitlements,
        cards=cards,
        documents=entitlements.documents,
        regions=Regions.load(DATA / "regions.yml"),
        catalogue=Catalogue.load(DATA),
    )


@pytest.fixture
def calls() -> Calls | None:
    """No telephone line; tests of calls bring one."""
    return None


@pytest.fixture
def address(
    setting: Setting, extractor: Extractor, context: Context, calls: Calls | None
) -> Iterator[str]:
    """Where it is served. Four work here: 张敏 and 李华, operators, 王芳, who supervises them, and
    an auditor."""
    setting.add("zhangmin", Role.OPERATOR, "张敏")
    setting.add("lihua", Role.OPERATOR, "李华")
    setting.add("wangfang", Role.SUPERVISOR, "王芳")
    setting.add("auditor", Role.AUDITOR, "审计员")
    sessions, clock = setting.sessions, setting.clock
    conversation = Conversation(
        sessions=sessions,
        dialogue=Dialogue(NOWHERE, timeout=1),
        emergency=EmergencyResponse(sessions, detector(), extractor, script()),
        prompts=load_prompts(DATA),
        clock=clock,
    )
    floor = build_floor(DATA, sessions, clock, context.entitlements, calls)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with attended(floor):
            yield

    app = FastAPI(docs_url=None, redoc_url=None, lifespan=lifespan)
    chat.register_errors(app, conversation.prompts)
    app.include_router(chat.build_router(conversation, SenderLimit()))
    app.include_router(build_elder_page())
    install_floor(app, floor)
    install_desk_work(app, floor, DATA, context)
    install_desk(app, setting.desk)
    with serving(app) as found:
        yield found


@pytest.fixture
def say(address: str) -> Iterator[Say]:
    """An elder's sentence by another way than a browser: sender, text."""
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as http:

        def speak(sender: str, text: str) -> None:
            response = http.post("/api/chat", json={"sender_id": sender, "text": text})
            assert response.status_code == 200, response.text

        yield speak


@pytest.fixture
def open_elder(browser: Browser, address: str) -> Iterator[OpenElder]:
    """Opens the elders' page; a script that broke fails the test."""
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def opened() -> ElderPage:
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(address)
        return ElderPage(page)

    yield opened
    for context in contexts:
        context.close()
    assert broken == []
