"""A hotline process is killed before anybody acts; the next one tells the duty on time."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from care.alarms import service as alarms
from care.alarms.chain import verify
from care.data_files import DATA
from care.storage.engine import Sessions, open_engine, open_sessions
from evaluation.system import free_port
from tests.care.notices.outside import Outside, outside
from tests.databases import new_sqlite

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY = "http://127.0.0.1:9"
PATIENCE = 120.0
FIRST_RUNG = 20
"""Seconds, in place of 30."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The project's data, with a first rung that a test can wait for."""
    folder = tmp_path / "data"
    folder.mkdir()
    for entry in DATA.iterdir():
        if entry.name != "alarms":
            (folder / entry.name).symlink_to(entry)
    (folder / "alarms").mkdir()
    for entry in (DATA / "alarms").iterdir():
        text = entry.read_text("utf-8").replace("after: 30\n", f"after: {FIRST_RUNG}\n")
        (folder / "alarms" / entry.name).write_text(text, "utf-8")
    return folder


@contextmanager
def _process(folder: Path, data: Path, world: Outside) -> Iterator[str]:
    """`hotline serve` until the end of the block, and then SIGKILL; its address."""
    port = free_port()
    notices = {
        "channels": {"hook": {"kind": "webhook", "url": f"{world.url}/duty"}},
        "recipients": [{"name": "值班", "audience": "duty", "routes": ["hook"]}],
    }
    environment = {
        **os.environ,
        "PORT": str(port),
        "HOTLINE_TELEPHONE": "false",
        "HOTLINE_DATA": str(data),
        "HOTLINE_NOTICES": json.dumps(notices),
        "HOTLINE_RASA_URL": NOBODY,
        "HOTLINE_DATABASE_URL": f"sqlite:///{folder}/hotline.db",
        "HOTLINE_RECORDINGS": str(folder / "recordings"),
        "HOTLINE_RECORDING_KEY": str(folder / "recordings.key"),
    }
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "hotline", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _until(lambda: _lives(address), f"{address} never answered")
        yield address
    finally:
        process.kill()
        process.wait(20)


def _lives(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", trust_env=False, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _until(holds: Callable[[], bool], problem: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, problem
        time.sleep(0.1)


def test_the_duty_is_told_by_the_process_after_the_one_that_was_killed(
    tmp_path: Path, data: Path
) -> None:
    engine = open_engine(new_sqlite(tmp_path / "hotline.db"))
    sessions = open_sessions(engine)
    with outside() as world:
        with _process(tmp_path, data, world) as address:
            for text in ("我摔倒了起不来", "在东关小区三号楼"):
                said = {"sender_id": "a", "text": text}
                answer = httpx.post(f"{address}/api/chat", json=said, trust_env=False, timeout=30)
                assert answer.json()["flags"]["emergency"]
        assert world.requests == []
        with _process(tmp_path, data, world) as address:
            ready = httpx.get(f"{address}/readyz", trust_env=False, timeout=30).json()
            assert ready["dependencies"]["alarms"] == "ok"
            _until(lambda: bool(world.requests), "nobody told the duty")
            _until(lambda: "told" in _kinds(sessions), "the receipt was not kept")
    with sessions() as session:
        [alarm] = alarms.open_alarms(session)
    [notice] = [body for body in world.bodies() if "/desks/duty/" in body["key"]]
    assert notice["alarm"] == alarm.ref
    assert "跌倒" in notice["text"]
    assert "东关小区三号楼" in notice["text"]
    kinds = _kinds(sessions)
    assert kinds.index("escalated") < kinds.index("told")
    assert verify(sessions).whole
    log = (tmp_path / "log").read_text("utf-8")
    assert "东关小区" not in log
    assert "摔倒" not in log
    engine.dispose()


def _kinds(sessions: Sessions) -> list[str]:
    with sessions() as session:
        [alarm] = alarms.open_alarms(session)
        return [event.kind for event in alarms.events(session, alarm)]
