"""Two processes on one PostgreSQL: one has the callers, the other a desk and no telephone."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import httpx
import numpy as np
from fastapi import FastAPI
from sqlalchemy import select

from bot.conversation import Conversation
from bot.emergency.response import EmergencyResponse
from bot.prompts import load_prompts
from care.calls.model import Call
from care.calls.notebook import Notebook
from care.clock import system_clock
from care.data_files import DATA
from care.language.extractor import Extractor
from care.operators.role import Role
from care.settings import Settings
from care.storage.engine import Sessions, open_engine, open_sessions
from hotline.app import build_app
from hotline.desk_calls import DeskCalls
from hotline.peers.build import build_peers
from tests.bot.emergency.loaded import detector, script
from tests.console.desk.floor.headset import until
from tests.console.desk.visitor import Visitor
from tests.databases import ELDER_KEY, empty
from tests.e2e.desk import hire
from tests.hotline.peers.wire import Wire
from tests.serving import serving
from tests.voice.call.exchange import Echoing, Exchange
from tests.voice.call.fake_leg import FakeLeg
from voice.call.books import CallBooks
from voice.call.switchboard import Switchboard
from voice.line.leg import Pcm16

T = TypeVar("T")
PEOPLE = {"zhangmin": Role.OPERATOR, "lihua": Role.OPERATOR, "wangfang": Role.SUPERVISOR}


class Line:
    """What of `hotline.telephone.Telephone` the desk speaks into: a real switchboard in a loop of
    its own, and imagined telephones."""

    def __init__(self, conversation: Conversation, sessions: Sessions, peer: str) -> None:
        self._notebook = Notebook(sessions, every=0.01)
        self._books = CallBooks(
            self._notebook, None, system_clock, channel="sip", process="there", peer=peer
        )
        self._conversation, self._sessions = conversation, sessions
        self._legs: list[FakeLeg] = []
        self._ready, self._stop = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(30)

    @property
    def switchboard(self) -> Switchboard:
        return self._exchange.switchboard

    def ask(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        return asyncio.run_coroutine_threadsafe(work, self._exchange.loop)

    def soon(self, work: Callable[[], None]) -> None:
        self._exchange.loop.call_soon_threadsafe(work)

    def rings(self, caller: str) -> FakeLeg:
        """Somebody calls."""

        async def ring() -> FakeLeg:
            return self._exchange.ring(f"leg-{caller}", caller)

        self._legs.append(self.ask(ring()).result(30))
        return self._legs[-1]

    def close(self) -> None:
        """Everybody hangs up."""
        for leg in self._legs:
            self.soon(leg.put_down)
        self.soon(self._stop.set)
        self._thread.join(30)
        self._notebook.close()

    async def _serve(self) -> None:
        self._exchange = Exchange(
            self._conversation,
            self._sessions,
            operators=(),
            own_books=self._books,
            later=self._notebook.add,
        )
        self._exchange.line.rings = 0.1
        self._ready.set()
        await self._stop.wait()
        await self._exchange.switchboard.stop()


@dataclass
class House:
    """Both, and who works and calls here."""

    desk: str
    """Address of the process without a telephone."""
    wire: Wire
    """Leads to the other one."""
    line: Line
    """The other one's."""
    sessions: Sessions

    def caller(self, number: str) -> tuple[FakeLeg, int]:
        """Somebody is on the telephone: their leg, and the number of their conversation."""
        leg = self.line.rings(number)
        until(lambda: self._conversation(number))
        return leg, cast(int, self._conversation(number))

    @contextmanager
    def operator(self, name: str = "zhangmin") -> Iterator[Visitor]:
        """Signed in at the desk, and available; their browser is open."""
        with httpx.Client(base_url=self.desk, trust_env=False, timeout=30) as client:
            visitor = Visitor(client)
            assert visitor.sign_in(name).status_code == 303
            visitor.post("/desk/seat/available")
            with client.stream("GET", "/desk/queue/live"):
                yield visitor

    def _conversation(self, number: str) -> int | None:
        with self.sessions() as session:
            return session.scalar(select(Call.conversation_id).where(Call.caller == number))


@contextmanager
def open_house(database_url: str) -> Iterator[House]:
    """An empty database in the end."""
    engine = open_engine(database_url, ELDER_KEY)
    sessions, wire = open_sessions(engine), Wire()
    for name, role in PEOPLE.items():
        hire(sessions, name, name, role)
    conversation = Conversation(
        sessions=sessions,
        dialogue=Echoing(),  # type: ignore[arg-type]
        emergency=EmergencyResponse(sessions, detector(), Extractor.load(DATA), script()),
        prompts=load_prompts(DATA),
        clock=system_clock,
    )
    line = Line(conversation, sessions, wire.address)
    settings = Settings(
        database_url=database_url,
        elder_key=ELDER_KEY,
        telephone=False,
        rasa_url="http://127.0.0.1:9",
        host="127.0.0.1",
    )
    with serving(_there(line, sessions, wire)) as there, serving(build_app(settings)) as desk:
        wire.lead(there)
        yield House(desk, wire, line, sessions)
        wire.cut()
        line.close()
    empty(engine)
    engine.dispose()


def heard(leg: FakeLeg) -> Pcm16:
    """All that a telephone was played."""
    return np.concatenate([np.zeros(0, np.int16), *(samples for _, _, samples in leg.played)])


def _there(line: Line, sessions: Sessions, wire: Wire) -> FastAPI:
    peers = build_peers(DeskCalls(cast(Any, line)), sessions, system_clock, wire.address)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        jobs = (peers.hub.run(), peers.calls.follow(peers.hub))
        tasks = [asyncio.create_task(job) for job in jobs]
        async with peers.running():
            yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    app = FastAPI(docs_url=None, redoc_url=None, lifespan=lifespan)
    peers.install(app)
    return app
