"""A process that takes alarms is killed at random moments: nothing that it accepted is lost.

`make drill` kills more often; `python -m drills kill --kills 1000` is the whole proof.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def own_database(postgresql_url: str) -> Iterator[str]:
    """An empty database beside those of other tests."""
    server = postgresql_url.replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE drill")
    yield postgresql_url.rsplit("/", 1)[0] + "/drill"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE drill WITH (FORCE)")


def _kill(kills: int, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "drills", "kill", "--json", "--kills", str(kills), *more]
    ran = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=500
    )
    assert ran.stdout, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def _nothing_fell_through(found: dict[str, Any], kills: int) -> None:
    assert found["problems"] == []
    assert found["kills"] == kills
    for name in ("accepted", "told", "climbed"):
        assert found[name] >= kills // 2, f"the drill hardly did anything: {found}"


def test_a_file_as_database_keeps_all_through_forty_kills() -> None:
    found = _kill(40)
    _nothing_fell_through(found, 40)
    assert all(found["by_source"].values()), "something came in through every door"
    assert len(found["by_source"]) == 3


def test_postgresql_keeps_all_through_twelve_kills(own_database: str) -> None:
    _nothing_fell_through(_kill(12, "--database", own_database), 12)
