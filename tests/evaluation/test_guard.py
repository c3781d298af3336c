"""Real servers whose parent is ended in every way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from evaluation.guard import is_alive
from evaluation.system import ROOT, free_port

PATIENCE = 30
SERVER = """
import http.server, json, os, subprocess, sys
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"],
                         start_new_session=True)
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_): ...
open(os.environ["PIDS"], "w").write(json.dumps([os.getpid(), other.pid]))
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Ready).serve_forever()
"""
"""Starts a process with a session of its own, as `hotline run` does."""
PARENT = """
import sys, time
from pathlib import Path
from tempfile import TemporaryDirectory
from evaluation.guard import orderly
from evaluation.system import running
server, port, pids, orderly_too = sys.argv[1:]
if orderly_too == "True":
    orderly()
with TemporaryDirectory() as folder:
    settings = {"PORT": port, "PIDS": pids}
    command = [sys.executable, "-c", server]
    with running(command, f"http://127.0.0.1:{port}/", settings, Path(folder) / "log", 30):
        print(folder, flush=True)
        time.sleep(600)
"""
FORK = """
import os, time
from evaluation.guard import die_with_parent
parent = os.getpid()
child = os.fork()
if child == 0:
    die_with_parent(parent)
    time.sleep(600)
print(child, flush=True)
time.sleep(600)
"""


@contextmanager
def _program(folder: Path, *arguments: str) -> Iterator["tuple[subprocess.Popen[str], str]"]:
    """A program of its own, and the first line that it prints; temporary files are in `folder`."""
    command = [sys.executable, "-c", *arguments]
    settings = {**os.environ, "TMPDIR": str(folder)}
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        try:
            yield program, program.stdout.readline().strip()
        finally:
            program.kill()


def _await_end(*processes: psutil.Process) -> None:
    deadline = time.monotonic() + PATIENCE
    while left := [each for each in processes if is_alive(each)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("by", "orderly"),
    [(signal.SIGKILL, False), (signal.SIGTERM, False), (signal.SIGTERM, True)],
    ids=["killed", "ended", "ended in order"],
)
def test_nothing_goes_on_without_whoever_started_it(
    by: signal.Signals, orderly: bool, tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    arguments = (SERVER, str(free_port()), str(pids), str(orderly))
    with _program(tmp_path, PARENT, *arguments) as (parent, folder):
        family = [psutil.Process(pid) for pid in json.loads(pids.read_text())]
        guards = psutil.Process(parent.pid).children()
        assert all(each.is_running() for each in family)
        parent.send_signal(by)
        code = parent.wait(PATIENCE)
        _await_end(*family, *guards)
    assert code == (128 + by if orderly else -by)
    assert Path(folder).exists() is not orderly


def test_a_forked_process_dies_with_its_parent(tmp_path: Path) -> None:
    with _program(tmp_path, FORK) as (parent, said):
        child = psutil.Process(int(said))
        parent.kill()
        _await_end(child)
