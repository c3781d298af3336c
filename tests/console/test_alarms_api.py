"""`POST /api/alarms` over real HTTP: accepted only when kept, refused with one sentence."""

import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event

from care.alarms import service as alarms
from care.clock import system_clock
from care.devices.gate import Gate
from care.devices.signature import Signed
from care.settings import ROOT
from care.storage.engine import Sessions, open_engine, open_sessions
from console.api.alarms import AGAIN, Limits, build_router
from console.limits import BodyLimit, SenderLimit
from tests.care.devices.setting import KINDS, House
from tests.serving import serving

ALARM = {"reference": "17", "text": "手环", "place": "厨房"}


class Device:
    """A pendant that speaks HTTP."""

    def __init__(self, url: str, house: House) -> None:
        self.url, self.house, self._count = url, house, 0

    def sign(self, content: Any, path: str = "/api/alarms", ref: str = "P-1") -> Signed:
        """A request that was never sent before."""
        self._count += 1
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.house.signed(body, ref=ref, nonce=f"nonce-{self._count:010}", path=path)

    def send(self, request: Signed) -> httpx.Response:
        """Just as it is."""
        headers = {
            "X-Device": request.device,
            "X-Timestamp": request.timestamp,
            "X-Nonce": request.nonce,
            "X-Signature": request.signature,
        }
        url = f"{self.url}{request.path}"
        return httpx.post(url, content=request.body, headers=headers, timeout=30)

    def report(self, content: Any, **more: str) -> httpx.Response:
        """Signs and sends."""
        return self.send(self.sign(content, **more))


def _app(house: House, limits: Limits | None = None) -> FastAPI:
    app = FastAPI()
    app.add_middleware(BodyLimit, limit=16 * 1024, sentence="太长")
    app.include_router(build_router(house.sessions, house.gate, KINDS, house.time, limits))
    return app


@pytest.fixture
def house(sessions: Sessions, tmp_path: Path) -> House:
    found = House(sessions, tmp_path)
    found.add()
    return found


@pytest.fixture
def device(house: House) -> Iterator[Device]:
    with serving(_app(house)) as url:
        yield Device(url, house)


def _open(house: House) -> list[str]:
    with house.sessions() as session:
        return [alarm.ref for alarm in alarms.open_alarms(session)]


def test_an_accepted_alarm_is_seen_by_another_process(device: Device, house: House) -> None:
    answer = device.report(ALARM)
    assert (answer.status_code, answer.json()["repeated"]) == (202, False)
    other = open_sessions(open_engine(house.sessions.kw["bind"].url.render_as_string(False)))
    with other() as session:
        [alarm] = alarms.open_alarms(session)
    assert alarm.ref == answer.json()["alarm"]
    assert alarm.said == "呼叫按钮P-1按了呼叫按钮 手环"
    other.kw["bind"].dispose()


def test_said_again_it_is_the_same_alarm(device: Device, house: House) -> None:
    first, second = device.report(ALARM), device.report(ALARM)
    assert (second.status_code, second.json()) == (
        200, {"alarm": first.json()["alarm"], "repeated": True}
    )  # fmt: skip
    assert _open(house) == [first.json()["alarm"]]


def test_the_same_octets_again_are_refused(device: Device, house: House) -> None:
    request = device.sign(ALARM)
    assert device.send(request).status_code == 202
    again = device.send(request)
    assert again.status_code == 409
    assert "用过了" in again.json()["detail"]
    assert len(_open(house)) == 1


def test_also_by_another_process_on_the_same_database(device: Device, house: House) -> None:
    request = device.sign(ALARM)
    assert device.send(request).status_code == 202
    with serving(_app(house)) as url:
        assert Device(url, house).send(request).status_code == 409


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"signature": "0" * 64}, 401, "签名不对"),
        ({"device": "P-2"}, 401, "签名不对"),
        ({"body": b'{"reference":"18"}'}, 401, "签名不对"),
        ({"nonce": ""}, 401, "没有签名"),
        ({"timestamp": "yesterday"}, 401, "没有签名"),
    ],
)
def test_strangers_are_refused(
    device: Device, house: House, changed: dict[str, Any], status: int, said: str
) -> None:
    answer = device.send(replace(device.sign(ALARM), **changed))
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert "now" not in answer.json()
    assert _open(house) == []


def test_without_headers_it_says_which_are_missing(device: Device) -> None:
    answer = httpx.post(f"{device.url}/api/alarms", json=ALARM)
    assert answer.status_code == 401
    assert "X-Signature" in answer.json()["detail"]


def test_a_device_whose_clock_is_wrong_is_told_the_time(device: Device, house: House) -> None:
    request = device.sign(ALARM)
    now = house.time.pass_(minutes=6)
    answer = device.send(request)
    assert (answer.status_code, answer.json()["now"]) == (401, int(now.timestamp()))
    assert device.report(ALARM).status_code == 202


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "reference"),
        ({"reference": "a b"}, "reference"),
        ({"reference": ""}, "reference"),
        ({"reference": 17}, "reference"),
        ({"reference": "1", "type": "test"}, "type"),
        ({"reference": "1", "text": "x" * 201}, "text"),
        ({"reference": "1", "position": {"latitude": 91.0, "longitude": 0.0}}, "position.latitude"),
        ({"reference": "1", "severity": 1}, "severity"),
        ([], "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"", "JSON"),
        (b"[" * 4000, "JSON"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(
    device: Device, house: House, content: Any, field: str
) -> None:
    answer = device.report(content)
    assert answer.status_code == 422
    assert f"：{field}。" in answer.json()["detail"]
    assert _open(house) == []


def test_a_body_that_is_too_long_is_refused_signed_or_not(device: Device) -> None:
    assert device.report(b"x" * 4097).status_code == 413
    assert device.report(b"x" * 20_000).status_code == 413


def test_a_position_is_kept_with_the_alarm(device: Device, house: House) -> None:
    device.report({"reference": "1", "position": {"latitude": 40.8426, "longitude": 111.7492}})
    with house.sessions() as session:
        [alarm] = alarms.open_alarms(session)
    assert alarm.facts == {"position": "40.842600,111.749200"}


def test_a_fault_is_not_an_elder_in_danger(device: Device, house: House) -> None:
    assert (
        device.report({"reference": "1", "type": "fault", "text": "电池电量低"}).status_code == 202
    )
    with house.sessions() as session:
        [alarm] = alarms.open_alarms(session)
    assert (alarm.category, alarm.severity) == ("technical", 3)


def test_a_heartbeat_counts_as_heard_and_is_no_alarm(device: Device, house: House) -> None:
    house.time.pass_(hours=3)
    assert device.report(b"", path="/api/devices/heartbeat").status_code == 204
    assert house.now().last_seen_at == house.time()
    assert _open(house) == []


def test_an_alarm_can_t_be_sent_as_a_heartbeat_s_signature(device: Device, house: House) -> None:
    heartbeat = device.sign(ALARM, path="/api/devices/heartbeat")
    assert device.send(replace(heartbeat, path="/api/alarms")).status_code == 401
    assert _open(house) == []


def test_one_device_in_a_loop_keeps_no_other_out(house: House) -> None:
    house.add("P-2")
    limits = Limits(SenderLimit(100, 60), SenderLimit(2, 60))
    with serving(_app(house, limits)) as url:
        device = Device(url, house)
        bad = [device.send(replace(device.sign(ALARM), signature="0" * 64)) for _ in range(4)]
        mine = [device.report({"reference": str(n)}) for n in range(3)]
        other = device.report({"reference": "1"}, ref="P-2")
    assert {answer.status_code for answer in bad} == {401}
    assert [answer.status_code for answer in mine] == [202, 202, 429]
    assert mine[2].headers["retry-after"] == str(AGAIN)
    assert other.status_code == 202


def test_an_address_that_guesses_is_slowed_down(house: House) -> None:
    with serving(_app(house, Limits(SenderLimit(3, 60), SenderLimit(9, 60)))) as url:
        answers = [httpx.post(f"{url}/api/alarms", json=ALARM).status_code for _ in range(4)]
    assert answers == [401, 401, 401, 429]


def test_when_it_can_t_be_kept_it_is_not_accepted(embedded: Sessions, tmp_path: Path) -> None:
    """Another process holds the database; the device hears no yes, and gets one later."""
    house = House(embedded, tmp_path)
    house.add()
    path = embedded.kw["bind"].url.database
    quick = open_engine(f"sqlite:///{path}")
    event.listen(quick, "connect", lambda made, _: made.execute("PRAGMA busy_timeout=50"))
    house.sessions = open_sessions(quick)
    house.gate = Gate(house.sessions, house.keys, KINDS, house.time)

    with serving(_app(house)) as url, closing(sqlite3.connect(path)) as other:
        device = Device(url, house)
        other.execute("BEGIN EXCLUSIVE")
        refused = device.report(ALARM)
        other.rollback()
        accepted = device.report(ALARM)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert "再发一次" in refused.json()["detail"]
    assert (accepted.status_code, accepted.json()["repeated"]) == (202, False)
    assert _open(house) == [accepted.json()["alarm"]]
    quick.dispose()


def test_the_guide_s_example_is_accepted_as_it_stands(device: Device, house: House) -> None:
    """By nothing but openssl and curl."""
    guide = (ROOT / "docs" / "devices.md").read_text("utf-8")
    script = guide.partition("```sh\n")[2].partition("```")[0]
    house.time.now = system_clock()
    environment = {
        "PATH": os.environ["PATH"],
        "URL": device.url,
        "DEVICE": "P-1",
        "KEY": house.secrets["P-1"],
        "no_proxy": "127.0.0.1",
    }
    done = subprocess.run(
        ["sh", "-euc", script], env=environment, capture_output=True, text=True, check=True
    )
    answer, status = done.stdout.splitlines()
    assert (status, _open(house)) == ("202", [json.loads(answer)["alarm"]])
