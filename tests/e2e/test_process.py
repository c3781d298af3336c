"""`hotline run` as a user starts and stops it, and what a kill leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
from sqlalchemy import select

from care.alarms.model import Alarm
from care.storage.engine import open_engine, open_sessions
from evaluation.system import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180


def _start(folder: Path, command: str) -> tuple[subprocess.Popen[bytes], str]:
    port = free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "HOTLINE_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "SIP_PORT": str(free_port()),
        "HOTLINE_DATABASE_URL": f"sqlite:///{folder}/hotline.db",
        "HOTLINE_RECORDINGS": str(folder / "recordings"),
        "HOTLINE_RECORDING_KEY": str(folder / "recordings.key"),
        "HOTLINE_ELDER_KEY": str(folder / "elders.key"),
        "HOTLINE_RUN_FOLDER": str(folder / "run"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "hotline", command],
        cwd=ROOT,
        env=environment,
        stdout=(folder / f"{command}.log").open("wb"),
        stderr=subprocess.STDOUT,
    )
    return process, f"http://127.0.0.1:{port}"


def _await(url: str, code: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if httpx.get(url, trust_env=False, timeout=5).status_code == code:
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < deadline, f"{url} never answered {code}"
        time.sleep(0.2)


def test_one_interrupt_stops_everything_that_run_started(tmp_path: Path) -> None:
    process, url = _start(tmp_path, "run")
    _await(f"{url}/readyz", 200)
    log = tmp_path / "run.log"
    while f"{url}/api/chat" not in log.read_text("utf-8"):
        assert process.poll() is None
        time.sleep(0.2)
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 2
    process.send_signal(signal.SIGINT)
    process.wait(30)
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    assert "Traceback" not in log.read_text("utf-8")


def test_a_booking_goes_on_after_a_kill(tmp_path: Path) -> None:
    replies = []
    for text in ("我要订明天的午饭", "两份"):
        process, url = _start(tmp_path, "run")
        family = []
        try:
            _await(f"{url}/readyz", 200)
            family = psutil.Process(process.pid).children(recursive=True)
            body = {"sender_id": "caller", "text": text}
            answer = httpx.post(f"{url}/api/chat", json=body, trust_env=False, timeout=30).json()
            replies.append("".join(reply["text"] for reply in answer["replies"]))
        finally:
            for each in (process, *family):
                each.kill()
            process.wait(20)
    assert "几份" in replies[0]
    assert "2份" in replies[1]
    assert "忌口" in replies[1]


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [sys.executable, "-m", "hotline", "run"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert ran.returncode == 1
    assert f"端口 {port} 已被占用" in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_alarm_that_was_told_about_survives_a_kill(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hotline", "migrate"],
        cwd=ROOT,
        env={**os.environ, "HOTLINE_DATABASE_URL": f"sqlite:///{tmp_path}/hotline.db"},
        check=True,
        timeout=120,
    )
    told: list[str] = []
    for round_ in range(3):
        process, url = _start(tmp_path, "serve")
        try:
            _await(f"{url}/healthz", 200)
            for number in range(5):
                body = {"sender_id": f"caller-{round_}-{number}", "text": "我摔倒了起不来"}
                answer = httpx.post(f"{url}/api/chat", json=body, trust_env=False, timeout=30)
                told.append(answer.json()["alarm_ref"])
        finally:
            process.kill()
            process.wait(20)
    with open_sessions(open_engine(f"sqlite:///{tmp_path}/hotline.db"))() as session:
        kept = set(session.scalars(select(Alarm.ref)))
    assert len(told) == 15
    assert set(told) == kept


def test_bad_data_stops_the_start_with_file_and_line(tmp_path: Path) -> None:
    import shutil

    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    services = data / "catalogue" / "services" / "1-rescue.yml"
    lines = services.read_text("utf-8").splitlines()
    lines[3] = lines[3].replace("minutes: ", "minutes: -")
    services.write_text("\n".join(lines), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "hotline", "serve"],
        cwd=ROOT,
        env={**os.environ, "HOTLINE_DATA": str(data), "PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 1
    assert "1-rescue.yml:4: minutes" in ran.stdout
    assert "Traceback" not in ran.stderr + ran.stdout
