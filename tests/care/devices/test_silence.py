"""Devices that go quiet: one technical alarm a silence, none of our own making."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.devices import service
from care.devices.heard import hear
from care.devices.silence import look
from care.storage.engine import Sessions
from tests.care.devices.setting import KINDS, PHONE, House
from tests.conftest import NOW

LONG_AGO = NOW - timedelta(days=1)
TEN = timedelta(minutes=10)


@pytest.fixture
def house(sessions: Sessions, tmp_path: Path) -> House:
    found = House(sessions, tmp_path)
    found.add(interval=TEN, phone=PHONE)
    return found


def _look(house: House, minutes: float, since: datetime = LONG_AGO) -> list[Alarm]:
    return look(house.sessions, KINDS, NOW + timedelta(minutes=minutes), since)


def _hear(house: House, minutes: float) -> None:
    with house.sessions.begin() as session:
        hear(session, service.get(session, "P-1"), KINDS, NOW + timedelta(minutes=minutes))


def test_a_quiet_device_raises_one_alarm_for_one_silence(house: House) -> None:
    assert _look(house, 15) == []
    [alarm] = _look(house, 16)
    assert (alarm.category, alarm.severity) == ("technical", 3)
    assert alarm.said.startswith("呼叫按钮 P-1 已有 16 分钟没有消息")
    assert (alarm.person, alarm.phone) == ("王秀英", PHONE)
    assert _look(house, 17) == []
    assert _look(house, 1000) == []


def test_when_it_is_heard_again_the_alarm_learns_of_it_and_stays(house: House) -> None:
    [alarm] = _look(house, 16)
    _hear(house, 20)
    with house.sessions() as session:
        [found] = alarms.open_alarms(session)
        notes = [event.note for event in alarms.events(session, found)]
    assert found.ref == alarm.ref
    assert notes[-1] == "呼叫按钮 P-1 恢复了。"
    assert _look(house, 35) == []
    [second] = _look(house, 36)
    assert second.ref != alarm.ref


def test_a_closed_alarm_of_a_silence_that_goes_on_is_not_raised_again(house: House) -> None:
    [alarm] = _look(house, 16)
    with house.sessions.begin() as session:
        alarms.close(session, alarm.ref, by="李班长", reason="已报修", now=NOW)
    assert _look(house, 600) == []


def test_while_we_did_not_listen_nobody_was_quiet(house: House) -> None:
    started = NOW + timedelta(minutes=60)
    assert _look(house, 70, since=started) == []
    assert _look(house, 75, since=started) == []
    assert len(_look(house, 76, since=started)) == 1


def test_a_device_without_an_interval_or_retired_is_not_watched(house: House) -> None:
    house.add("P-2")
    with house.sessions.begin() as session:
        service.retire(session, "P-1", NOW)
    assert _look(house, 6000) == []


def test_a_clock_that_was_set_back_makes_nobody_heard_forever(house: House) -> None:
    _hear(house, 600)
    assert _look(house, 0) == []
    assert len(_look(house, 16)) == 1


def test_several_processes_raise_one_alarm(house: House) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: _look(house, 16), range(4)))
    assert len({alarm.ref for each in found for alarm in each}) == 1
    with house.sessions() as session:
        assert len(alarms.open_alarms(session)) == 1


def test_many_that_go_quiet_together_are_one_alarm(house: House) -> None:
    for number in range(2, 30):
        house.add(f"P-{number}", interval=TEN)
    [alarm] = _look(house, 16)
    assert (alarm.category, alarm.severity) == ("technical", 2)
    assert alarm.said.startswith("有 29 台设备同时没有消息")
    assert "、…" not in alarm.said
    assert len(alarm.said) < 300
    assert _look(house, 17) == []
    _hear(house, 20)
    with house.sessions() as session:
        notes = [event.note for event in alarms.events(session, alarm)]
    assert notes[-1] == "呼叫按钮 P-1 恢复了。"
    [second] = _look(house, 36)  # that one alone goes quiet again
    assert second.said.startswith("呼叫按钮 P-1")
