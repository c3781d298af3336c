"""`hotline call`: has the running hotline telephone somebody, and tells what became of it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict
from rich.console import Console

from care.data_files import load_model
from care.language.mask import mask
from hotline.calling import CALLS, Wish
from hotline.local_token import read_token
from voice.call.placed import Stage

_LOOK = 0.5
"""Seconds between two looks at how far the call is."""


class OutboundWords(BaseModel):
    """Every sentence by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dialling: str
    picked_up: str
    person: str
    machine: str
    hung_up: str
    busy: str
    no_answer: str
    declined: str
    unreachable: str
    not_running: str
    not_open: str
    too_many: str
    bad_wish: str
    lost: str


class CallError(RuntimeError):
    """Nobody was told anything; the text is a Chinese sentence."""


def load_outbound_words(data: Path) -> OutboundWords:
    """Reads the data folder; a bad file raises DataFileError."""
    return load_model(data / "call" / "outbound.yml", OutboundWords)


def call(
    wish: Wish,
    *,
    folder: Path,
    port: int,
    words: OutboundWords,
    out: Console,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Returns when the call, which somebody or something answered, is over. Raises CallError."""
    token = read_token(folder, port)
    if token is None:
        raise CallError(words.not_running)
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Authorization": f"Bearer {token}"},
        timeout=10.0,
        trust_env=False,
    ) as http:
        course = _asked(http, wish, words)
        out.print(words.dialling.format(target=mask(wish.target)), markup=False)
        stage = Stage.RINGING
        while stage in {Stage.RINGING, Stage.TALKING}:
            sleep(_LOOK)
            course = _looked(http, course["id"], words)
            if course["stage"] == Stage.TALKING != stage:
                out.print(words.picked_up)
            stage = Stage(course["stage"])
    if stage is Stage.FAILED:
        raise CallError(getattr(words, course["why"].replace(" ", "_")))
    out.print(getattr(words, course["reached"] or "hung_up"))


def _asked(http: httpx.Client, wish: Wish, words: OutboundWords) -> dict[str, Any]:
    try:
        answer = http.post(CALLS, json=wish.model_dump())
    except httpx.HTTPError as error:
        raise CallError(words.not_running) from error
    match answer.status_code:
        case httpx.codes.ACCEPTED:
            course: dict[str, Any] = answer.json()
            return course
        case httpx.codes.TOO_MANY_REQUESTS:
            raise CallError(words.too_many)
        case httpx.codes.UNPROCESSABLE_ENTITY:
            raise CallError(words.bad_wish)
        case httpx.codes.NOT_FOUND:  # the token of a process that is gone, or no telephone
            raise CallError(words.not_running)
        case _:
            raise CallError(words.not_open)


def _looked(http: httpx.Client, number: str, words: OutboundWords) -> dict[str, Any]:
    try:
        answer = http.get(f"{CALLS}/{number}").raise_for_status()
    except httpx.HTTPError as error:
        raise CallError(words.lost) from error
    course: dict[str, Any] = answer.json()
    return course
