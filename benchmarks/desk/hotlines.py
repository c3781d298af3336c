"""Hotline processes with a full house: a database, conversations in it, operators at the desk."""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from care.clock import system_clock
from care.conversations import service as conversations
from care.operators import accounts
from care.operators.accounts import NewOperator
from care.operators.passwords import Passwords
from care.operators.role import Role
from care.storage.engine import Sessions, open_engine, open_sessions
from care.storage.migrate import upgrade
from evaluation.system import free_port, running

TALKS = 200
"""Conversations that go on at the same time."""
OPERATORS = 10
_PASSWORD = "kuaisu youyu zhongbiao"  # noqa: S105 - of a database that lasts for the benchmark
_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


@dataclass(frozen=True)
class House:
    """What is measured."""

    sessions: Sessions
    """Of the benchmark's own: it stands for the processes that callers talk with."""
    talks: tuple[int, ...]
    """Numbers of the conversations."""
    desks: tuple[str, ...]
    """Address of the process that each operator's browser is connected to."""


@contextmanager
def open_house(database_url: str, processes: int) -> Iterator[House]:
    """Starts so many processes on an empty database. Raises ServerError."""
    with tempfile.TemporaryDirectory(prefix="bench-desk-") as name, ExitStack() as stack:
        folder = Path(name)
        engine = open_engine(database_url, folder / "elders.key")
        stack.callback(engine.dispose)
        upgrade(engine)
        sessions = open_sessions(engine)
        talks = _fill(sessions)
        addresses = []
        for number in range(processes):
            port = free_port()
            address = f"http://127.0.0.1:{port}"
            settings = {
                "PORT": str(port),
                "HOTLINE_TELEPHONE": "false",
                "HOTLINE_DATABASE_URL": database_url,
                "HOTLINE_ELDER_KEY": str(folder / "elders.key"),
                "HOTLINE_DEVICE_KEY": str(folder / "devices.key"),
                "HOTLINE_RUN_FOLDER": str(folder / f"run-{number}"),
            }
            log = folder / f"log-{number}"
            command = [sys.executable, "-m", "hotline", "serve"]
            stack.enter_context(running(command, f"{address}/healthz", settings, log))
            addresses.append(address)
        desks = tuple(addresses[number % processes] for number in range(OPERATORS))
        yield House(sessions, talks, desks)


async def sign_in(address: str, operator: int) -> httpx.AsyncClient:
    """A browser at which an operator is signed in and available. Raises ValueError."""
    # A connection that the server closes while it is taken up again would be an error.
    limits = httpx.Limits(max_keepalive_connections=0)
    http = httpx.AsyncClient(
        base_url=address,
        trust_env=False,
        timeout=60,
        limits=limits,
        headers={"accept": "text/html"},
    )
    token = _token(await http.get("/desk/login"))
    fields = {"csrf_token": token, "name": _name(operator), "password": _PASSWORD}
    answer = await http.post("/desk/login", data=fields)
    if not answer.is_redirect:
        raise ValueError(f"an operator can't sign in: {answer.status_code}")
    token = _token(await http.get("/desk/me"))
    await http.post("/desk/seat/available", data={"csrf_token": token})
    return http


def sender(number: int) -> str:
    """Who speaks in a conversation."""
    return f"bench-{number:08d}"


def _fill(sessions: Sessions) -> tuple[int, ...]:
    passwords = Passwords()
    hashed, now = passwords.hash(_PASSWORD), system_clock()
    with sessions.begin() as session:
        for number in range(OPERATORS):
            new = NewOperator(_name(number), f"坐席{number}", Role.OPERATOR)
            accounts.add(session, new, hashed, by="bench", now=now)
        rows = [
            conversations.open_conversation(
                session, sender_id=sender(number), channel="web", now=now
            )
            for number in range(TALKS)
        ]
        session.flush()
        return tuple(row.id for row in rows)


def _name(operator: int) -> str:
    return f"operator-{operator}"


def _token(page: httpx.Response) -> str:
    found = _TOKEN.search(page.text)
    if found is None:
        raise ValueError(f"{page.url} is no page of the desk: {page.status_code}")
    return found[1]
