"""The hotline process without a dialogue engine: quick to start, and all that some faults need."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from evaluation.system import System, free_port, running
from tests.databases import new_sqlite

NOBODY = "http://127.0.0.1:9"
"""Nothing listens on the discard port."""


@contextmanager
def hotline_alone(
    folder: Path, settings: Mapping[str, str] | None = None, *, program: str = "hotline"
) -> Iterator[System]:
    """A real process with an empty database, once its telephone line is open. `program`: the module
    that is run, for those that break a part of it on purpose.
    """
    port, sip_port = free_port(), free_port()
    api = f"http://127.0.0.1:{port}"
    system = System(api, NOBODY, 0, folder, sip_port)
    new_sqlite(folder / "hotline.db")
    environment = {
        "PORT": str(port),
        "SIP_PORT": str(sip_port),
        "HOTLINE_RASA_URL": NOBODY,
        "HOTLINE_DATABASE_URL": system.database_url,
        "HOTLINE_RUN_FOLDER": str(folder / "run"),
        "HOTLINE_RECORDINGS": str(folder / "recordings"),
        "HOTLINE_RECORDING_KEY": str(folder / "recordings.key"),
        "HOTLINE_PICTURES": str(folder / "pictures"),
        **(settings or {}),
    }
    command = [sys.executable, "-m", program, "serve"]
    with running(command, f"{api}/healthz", environment, folder / "log"):
        _await_line(api)
        yield system


def _await_line(api: str, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while _state(api) != "ok":
        assert time.monotonic() < deadline, "the telephone line was never open"
        time.sleep(0.2)


def _state(api: str) -> str:
    answer = httpx.get(f"{api}/readyz", timeout=10, trust_env=False).json()
    return str(answer["dependencies"]["telephone"])
