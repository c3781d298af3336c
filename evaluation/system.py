"""Servers started for one evaluation and stopped after it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from evaluation.guard import end, guarded
from evaluation.server import ServerError

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 240.0
"""Seconds until a start counts as failed."""


@contextmanager
def dialogue_server() -> Iterator[str]:
    """Rasa alone, with the current model; gives its address. Raises `ServerError`."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    # Without a token the parser answers anybody on this machine; nothing else is started for it.
    settings = {"RASA_PORT": str(port), "HOTLINE_ACTION_URL": url, "HOTLINE_ACTION_TOKEN": ""}
    with (
        tempfile.TemporaryDirectory(prefix="evaluation-") as folder,
        running([str(ROOT / "script" / "rasa")], f"{url}/status", settings, Path(folder) / "log"),
    ):
        yield url


@dataclass(frozen=True)
class System:
    """Where the two processes listen, and the process above both."""

    api: str
    rasa: str
    pid: int
    folder: Path
    """Of its database and recordings."""
    sip_port: int
    """Where its telephone rings, if it was asked for."""

    @property
    def elder_key(self) -> Path:
        """Of its sealed columns."""
        return self.folder / "elders.key"

    @property
    def database_url(self) -> str:
        """To look inside."""
        return f"sqlite:///{self.folder}/hotline.db"


@contextmanager
def whole_system(
    *, telephone: bool = False, settings: Mapping[str, str] | None = None
) -> Iterator[System]:
    """Everything, on free ports, with an empty database; the telephone line only when asked for.

    `settings` are further environment variables.

    Raises:
        ServerError: it ended, or wasn't ready in time; with what it printed last.
    """
    port, sip_port = free_port(), free_port()
    api, rasa = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory(prefix="evaluation-") as name:
        folder = Path(name)
        environment = {
            "PORT": str(port),
            "SIP_PORT": str(sip_port),
            "HOTLINE_TELEPHONE": str(telephone).lower(),
            "HOTLINE_RASA_URL": rasa,
            "HOTLINE_DATABASE_URL": f"sqlite:///{folder}/hotline.db",
            "HOTLINE_RECORDINGS": str(folder / "recordings"),
            "HOTLINE_RECORDING_KEY": str(folder / "recordings.key"),
            "HOTLINE_ELDER_KEY": str(folder / "elders.key"),
            "HOTLINE_PICTURES": str(folder / "pictures"),
            "HOTLINE_RUN_FOLDER": str(folder / "run"),
            **(settings or {}),
        }
        command = [sys.executable, "-m", "hotline", "run"]
        with running(command, f"{api}/readyz", environment, folder / "log") as pid:
            yield System(api, rasa, pid, folder, sip_port)


@contextmanager
def assistant() -> Iterator[str]:
    """The whole system's address, for those who only talk with it."""
    with whole_system() as system:
        yield system.api


@contextmanager
def running(
    command: Sequence[str],
    ready: str,
    settings: dict[str, str],
    log: Path,
    patience: float = PATIENCE,
) -> Iterator[int]:
    """Runs `command` until the body ends, or this process, however it does; the body starts once
    `ready` answers 200, and is given the process id.

    Raises:
        ServerError: as above. `patience` in seconds.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        with guarded(process.pid):
            try:
                _await(process, ready, log, patience)
                yield process.pid
            finally:
                end(process.pid)
                process.wait()


def _await(process: subprocess.Popen[bytes], ready: str, log: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not _is_ready(ready):
        why = "ended" if process.poll() is not None else ""
        why = why or ("wasn't ready in time" if time.monotonic() > deadline else "")
        if why:
            last = log.read_text("utf-8", errors="replace")[-2000:]
            raise ServerError(f"the server {why}; its last words:\n{last}")
        time.sleep(0.2)


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def free_port() -> int:
    """A port of the loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
