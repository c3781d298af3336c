"""`POST /api/chat/live`: who is told what, over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.prompts import load_prompts
from care.changes.hub import Hub
from care.conversations import service as conversations
from care.data_files import DATA
from care.desk import claims
from care.storage.engine import Sessions
from console.api import chat, chat_live
from console.limits import SenderLimit
from tests.care.desk.talks import sit, talk, wait
from tests.conftest import NOW
from tests.serving import serving


class Told:
    """The events of one stream, as they come."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.iter_lines()

    def next(self) -> tuple[str, dict[str, Any]] | None:
        """The next event; None when the stream has ended."""
        name = ""
        for line in self._lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return name, json.loads(line.removeprefix("data: "))
        return None


@pytest.fixture
def client(embedded: Sessions) -> Iterator[httpx.Client]:
    hub = Hub(embedded, every=0.01)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        looking = asyncio.create_task(hub.run())
        yield
        looking.cancel()

    app = FastAPI(lifespan=lifespan)
    chat.register_errors(app, load_prompts(DATA))
    app.include_router(chat_live.build_router(embedded, hub, SenderLimit(count=8, seconds=60)))
    with (
        serving(app) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as opened,
    ):
        yield opened


@contextmanager
def following(client: httpx.Client, **asked: Any) -> Iterator[Told]:
    """A stream that is open."""
    with client.stream("POST", "/api/chat/live", json=asked, timeout=60) as response:
        assert response.status_code == 200
        yield Told(response)


def say(sessions: Sessions, number: int, text: str) -> int:
    """张敏 says something to whoever speaks in this conversation; the utterance's number."""
    with sessions.begin() as session:
        claims.say(session, number, operator="zhangmin", text=text, now=NOW)
        session.flush()
        return conversations.newest(session, number)


def take(sessions: Sessions, number: int) -> None:
    sit(sessions, "zhangmin")
    with sessions.begin() as session:
        claims.take_over(session, number, operator="zhangmin", now=NOW)


def state(person: str | None, handover: bool) -> dict[str, Any]:
    return {"emergency": False, "handover": handover, "alarm_ref": None, "person": person}


def test_a_page_hears_who_comes_and_what_they_say(client: httpx.Client, embedded: Sessions) -> None:
    number, _ = wait(embedded, "web-1", "转人工")
    with following(client, sender_id="web-1") as told:
        assert told.next() == ("place", {"after": 1})
        assert told.next() == ("state", state(None, True))
        take(embedded, number)
        assert told.next() == ("state", state("坐席", True))
        said = say(embedded, number, "您好。")
        assert told.next() == ("said", {"id": said, "by": "坐席", "text": "您好。"})
        with embedded.begin() as session:
            claims.hand_back(session, number, operator="zhangmin", note="", now=NOW)
        assert told.next() == ("state", state(None, False))


def test_who_was_away_is_told_what_they_missed_and_no_more(
    client: httpx.Client, embedded: Sessions
) -> None:
    number = talk(embedded, "web-1", "你好")
    take(embedded, number)
    first, second = say(embedded, number, "一"), say(embedded, number, "二")
    with following(client, sender_id="web-1", after=first) as told:
        assert told.next() == ("place", {"after": first})
        assert told.next() == ("said", {"id": second, "by": "坐席", "text": "二"})
    with following(client, sender_id="web-1") as told:
        assert told.next() == ("place", {"after": second})
        assert told.next() == ("state", state("坐席", True))


@pytest.mark.parametrize("sender", ["web-unknown", "tel:13800000001"])
def test_neither_strangers_nor_telephones_are_told_of(
    client: httpx.Client, embedded: Sessions, sender: str
) -> None:
    number = talk(embedded, "tel:13800000001", "我在家")
    take(embedded, number)
    say(embedded, number, "您好。")
    with following(client, sender_id=sender, after=0) as told:
        assert told.next() is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"sender_id": ""},
        {"sender_id": "a b"},
        {"sender_id": "web-1", "after": -1},
        {"sender_id": "web-1", "after": "1"},
        {"sender_id": "web-1", "more": 1},
    ],
)
def test_bad_bodies_get_a_sentence(client: httpx.Client, body: dict[str, Any]) -> None:
    response = client.post("/api/chat/live", json=body)
    assert response.status_code == 422
    assert isinstance(response.json()["detail"], str)


def test_a_fifth_window_of_one_browser_is_not_told(
    client: httpx.Client, embedded: Sessions
) -> None:
    talk(embedded, "web-1", "你好")
    with ExitStack() as stack:
        opened = [stack.enter_context(following(client, sender_id="web-1")) for _ in range(4)]
        for told in opened:
            assert told.next() == ("place", {"after": 1})
        with following(client, sender_id="web-1") as fifth:
            assert fifth.next() is None


def test_asking_over_and_over_is_refused(client: httpx.Client) -> None:
    for _ in range(8):
        assert client.post("/api/chat/live", json={"sender_id": "web-1"}).status_code == 200
    response = client.post("/api/chat/live", json={"sender_id": "web-1"})
    assert response.status_code == 429
    assert response.headers["retry-after"]
