"""Limits: how often a sender may speak, and how large a body may be."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from bot.prompts import load_prompts
from care.data_files import DATA
from console.limits import BodyLimit, SenderLimit

LIMIT = 10
SENTENCE = load_prompts(DATA).too_large


def test_a_sender_over_the_limit_is_refused_alone() -> None:
    limit = SenderLimit(count=3, seconds=60)
    assert [limit.allows("web-1") for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("web-2")


def test_the_limit_passes_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    limit = SenderLimit(count=2, seconds=2)
    assert [limit.allows("web-1") for _ in range(3)] == [True, True, False]
    now += 2.5
    assert limit.allows("web-1")


def test_nobody_speaks_as_fast_as_the_default_limit() -> None:
    limit = SenderLimit()
    assert all(limit.allows("web-1") for _ in range(10))


def _call(
    chunks: Sequence[bytes | None], headers: dict[str, str] | None = None, **scope: Any
) -> tuple[list[bytes], list[Message]]:
    """Sends a body in chunks (None: the caller hangs up); what came in, and what came back."""
    heard: list[bytes] = []
    sent: list[Message] = []
    coming = [
        {"type": "http.disconnect"}
        if chunk is None
        else {"type": "http.request", "body": chunk, "more_body": number < len(chunks) - 1}
        for number, chunk in enumerate(chunks)
    ]

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        heard.append(body)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    named = [(key.encode(), value.encode()) for key, value in (headers or {}).items()]
    scope = {"type": "http", "path": "/api/chat", "headers": named, **scope}
    asyncio.run(BodyLimit(app, LIMIT, SENTENCE)(scope, receive, send))
    return heard, sent


@pytest.mark.parametrize("chunks", [[b""], [b"x" * LIMIT], [b"x" * 4, b"", b"y" * 6]])
def test_a_body_within_the_limit_arrives_whole(chunks: list[bytes]) -> None:
    heard, sent = _call(chunks)
    assert heard == [b"".join(chunks)]
    assert sent[0]["status"] == 200


@pytest.mark.parametrize("chunks", [[b"x" * (LIMIT + 1)], [b"x" * 6, b"x" * 6, b"x"]])
def test_a_body_over_the_limit_is_refused_unannounced(chunks: list[bytes]) -> None:
    heard, sent = _call(chunks)
    assert heard == []
    assert sent[0]["status"] == 413
    problem = json.loads(sent[1]["body"])
    assert (problem["status"], problem["code"], problem["detail"]) == (413, "too_large", SENTENCE)


@pytest.mark.parametrize("announced", ["11", "99999999999", "-1", "many", ""])
def test_an_announced_length_is_refused_before_reading(announced: str) -> None:
    heard, sent = _call([b"x"], {"content-length": announced})
    assert heard == []
    assert sent[0]["status"] == 413


def test_a_caller_who_hangs_up_gets_nothing() -> None:
    assert _call([b"xx", None, b""]) == ([], [])


def test_the_dialogue_process_may_send_more() -> None:
    heard, _ = _call([b"x" * 50], path="/actions/webhook")
    assert heard == [b"x" * 50]
