"""The whole system as `make run` starts it: two processes, a database of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from evaluation.system import System, whole_system

Say = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """A running assistant with a real Rasa server."""
    with whole_system() as found:
        yield found


@pytest.fixture(scope="session")
def address(system: System) -> str:
    """Where it answers."""
    return system.api


@pytest.fixture
def say(address: str, request: pytest.FixtureRequest) -> Iterator[Say]:
    """Says one sentence as a caller of this test alone; gives the answer's body."""
    sender = f"test-{abs(hash(request.node.nodeid)):x}"
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as http:

        def speak(text: str) -> dict[str, Any]:
            response = http.post("/api/chat", json={"sender_id": sender, "text": text})
            assert response.status_code == 200, response.text
            body: dict[str, Any] = response.json()
            return body

        yield speak


def spoken(answer: dict[str, Any]) -> str:
    """All replies as one text."""
    return "\n".join(reply["text"] for reply in answer["replies"])
