"""Devices of a running process: both ways in, who went quiet, and what stops none of the rest."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from care.alarms import service as alarms
from care.data_files import DATA
from care.settings import SettingsError
from care.storage.engine import Sessions
from evaluation.system import free_port
from hotline.home_devices import HomeDevices, build_devices
from tests.care.devices.setting import House
from tests.console.test_alarms_api import ALARM, Device
from tests.serving import serving
from tests.voice.line.scaip.unit import CID, Unit, mrq


@dataclass
class Settings:
    """What of the settings is needed."""

    device_key: Path
    scaip: dict[str, Any] = field(default_factory=dict)
    data: Path = DATA


@pytest.fixture
def house(embedded: Sessions, tmp_path: Path) -> House:
    found = House(embedded, tmp_path)
    found.add("P-1", interval=timedelta(minutes=10))
    found.add("H-1", "controller", controller=CID)
    return found


def _build(house: House, tmp_path: Path, **scaip: Any) -> HomeDevices:
    settings = Settings(tmp_path / "devices.key", scaip)
    return build_devices(settings, house.sessions, house.time)


def _said(house: House) -> list[str]:
    with house.sessions() as session:
        return [alarm.said for alarm in alarms.open_alarms(session)]


def test_alarms_come_in_both_ways(house: House, tmp_path: Path) -> None:
    port = free_port()
    found = _build(house, tmp_path, port=port, passwords=False)
    app = FastAPI()
    app.include_router(found.router)
    assert found.receiver is not None
    found.receiver.start()
    try:
        with serving(app) as url:
            assert Device(url, house).report(ALARM).status_code == 202
        assert Unit(port).ask(mrq()).status == 200
    finally:
        found.receiver.stop()
    assert len(_said(house)) == 2
    assert {name: check() for name, check in found.checks.items()} == {
        "devices": True, "scaip": False  # it was stopped
    }  # fmt: skip


def test_the_watch_listens_and_tells_who_went_quiet(house: House, tmp_path: Path) -> None:
    port = free_port()
    found = _build(house, tmp_path, port=port, passwords=False)
    house.time.pass_(minutes=16)
    found.watch.do()
    found.stop()
    assert [said[:17] for said in _said(house)] == ["呼叫按钮 P-1 已有 16 分钟"]


def test_without_a_section_nobody_listens(house: House, tmp_path: Path) -> None:
    found = _build(house, tmp_path)
    assert found.receiver is None
    assert list(found.checks) == ["devices"]


def test_a_bad_section_is_refused_in_one_sentence(house: House, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"\[scaip\] in hotline.toml: port: .+"):
        _build(house, tmp_path, port=0)
    nowhere = tmp_path / "hotline.pem"
    with pytest.raises(SettingsError, match=rf"\[scaip\] .+ tls: .*{nowhere} can't be read"):
        _build(house, tmp_path, tls={"certificate": nowhere, "key": nowhere})


def test_a_port_that_is_taken_and_a_bad_key_file_stop_nothing_else(
    house: House, tmp_path: Path
) -> None:
    port = free_port()
    first = _build(house, tmp_path, port=port)
    assert first.receiver is not None
    first.receiver.start()
    try:
        (tmp_path / "devices.key").chmod(0o644)
        second = _build(house, tmp_path, port=port)
        second.watch.do()
        second.stop()
        assert [check() for check in second.checks.values()] == [False, False]
    finally:
        first.receiver.stop()
    app = FastAPI()
    app.include_router(second.router)
    with serving(app) as url:
        device = Device(url, house)
        assert device.report(ALARM).status_code == 503
        (tmp_path / "devices.key").chmod(0o600)
        assert device.report(ALARM).status_code == 202  # mended, and no restart was needed
