"""Killed at any moment while devices send: whatever was accepted is there, and there once."""

import random
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from sqlalchemy import select

from care.alarms import chain
from care.alarms.model import Alarm
from care.clock import system_clock
from care.settings import ROOT
from care.storage.engine import Sessions
from evaluation.system import free_port
from tests.care.devices.setting import House
from tests.console.test_alarms_api import Device
from tests.voice.line.scaip.unit import CID, Unit, mrq

KILLS = 4
SEED = 12349


class Sender:
    """Sends one alarm after the other, and remembers which were accepted."""

    def __init__(self, send: Callable[[str], bool]) -> None:
        self.sent: list[str] = []
        self.accepted: list[str] = []
        self.send = send

    def run(self, stop: threading.Event, progress: Callable[[], None]) -> None:
        """Until `stop`; what isn't answered may have been kept all the same."""
        while not stop.is_set():
            self.sent.append(str(len(self.sent) + 1))
            with suppress(httpx.TransportError, OSError):
                if self.send(self.sent[-1]):
                    self.accepted.append(self.sent[-1])
                    progress()


@contextmanager
def _process(url: str, key: Path, port: int, scaip_port: int) -> Iterator["subprocess.Popen[str]"]:
    """Listens both ways; killed at the end."""
    command = [sys.executable, "-m", "tests.hotline.devices_process"]
    process = subprocess.Popen(
        [*command, url, str(key), str(port), str(scaip_port)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait()


def _send_until(senders: list[Sender], count: int, kill: Callable[[], None]) -> None:
    """All send at once; in the middle of whatever follows the answer number `count`, it is over."""
    stop, answers, enough = threading.Event(), iter(range(1, 1_000_000)), threading.Event()

    def progress() -> None:
        if next(answers) >= count:
            enough.set()

    threads = [threading.Thread(target=each.run, args=(stop, progress)) for each in senders]
    for thread in threads:
        thread.start()
    in_time = enough.wait(120)
    kill()
    stop.set()
    for thread in threads:
        thread.join()
    assert in_time


def _alarms(sessions: Sessions) -> list[tuple[str, str | None]]:
    with sessions() as session:
        return [(row.source, row.reference) for row in session.scalars(select(Alarm))]


def test_what_was_accepted_is_there_once(sessions: Sessions, tmp_path: Path) -> None:
    house, chance = House(sessions, tmp_path), random.Random(SEED)  # noqa: S311 - repeatable
    house.add("P-1")
    house.add("H-1", "controller", controller=CID)
    port, scaip_port = free_port(), free_port()
    url = sessions.kw["bind"].url.render_as_string(False)
    place = (url, tmp_path / "devices.key", port, scaip_port)

    def by_http(reference: str) -> bool:
        body = f'{{"reference": "{reference}"}}'.encode()
        request = house.signed(body, nonce=secrets.token_hex(16), at=system_clock())
        return Device(f"http://127.0.0.1:{port}", house).send(request).status_code in (200, 202)

    def by_scaip(reference: str) -> bool:
        unit = Unit(scaip_port)
        with unit.socket:
            unit.socket.settimeout(2)
            return b"<snu>0</snu>" in unit.ask(mrq(reference), call=secrets.token_hex(8)).body

    sources = {"device:P-1": Sender(by_http), "device:H-1": Sender(by_scaip)}
    for _ in range(KILLS):
        with _process(*place) as process:
            _send_until(list(sources.values()), chance.randrange(1, 30), process.kill)
    accepted = {(name, f"{ref}#1") for name, each in sources.items() for ref in each.accepted}
    sent = {(name, f"{ref}#1") for name, each in sources.items() for ref in each.sent}
    assert len(accepted) >= KILLS
    assert accepted <= set(_alarms(sessions)) <= sent
    with _process(*place):  # a device that got no answer sends again
        for sender in sources.values():
            assert all(sender.send(reference) for reference in sender.sent)
    found = _alarms(sessions)
    assert len(found) == len(sent)
    assert set(found) == sent
    assert chain.verify(sessions).whole
