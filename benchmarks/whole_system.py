"""The whole system, started so that its dialogue engine can be called beside it."""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evaluation.system import running


@dataclass(frozen=True)
class System:
    """Where the two processes listen, and the process above both."""

    api: str
    rasa: str
    pid: int


@contextmanager
def whole_system() -> Iterator[System]:
    """`hotline run` on free ports with an empty database; stopped at the end."""
    port, rasa_port = _free_port(), _free_port()
    api, rasa = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{rasa_port}"
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = {
            "PORT": str(port),
            "HOTLINE_RASA_URL": rasa,
            "HOTLINE_DATABASE_URL": f"sqlite:///{folder}/hotline.db",
        }
        command = [sys.executable, "-m", "hotline", "run"]
        log = Path(os.environ.get("BENCH_LOG", f"{folder}/log"))
        with running(command, f"{api}/readyz", settings, log) as pid:
            yield System(api, rasa, pid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
