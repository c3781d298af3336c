"""What a device reports is one alarm, however often it says so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care.alarms import service as alarms
from care.devices import service
from care.devices.keys import DeviceKeys
from care.devices.reports import SAME, Event, known, report
from care.storage.engine import Sessions
from tests.care.devices.setting import KINDS, PHONE, House
from tests.conftest import NOW


@pytest.fixture
def house(sessions: Sessions, tmp_path: Path) -> House:
    return House(sessions, tmp_path)


def test_the_alarm_says_who_where_and_what(house: House) -> None:
    device = house.add("F-1", "fall", phone=PHONE, controller="778")
    event = Event("17", "api", text="手环", place="卫生间", facts={"position": "40.8,111.6"})
    kept = report(house.sessions, device, KINDS, event, NOW)
    assert kept.new
    alarm = kept.alarm
    assert (alarm.category, alarm.severity) == ("fall", 1)
    assert alarm.said == "跌倒探测器F-1探测到跌倒 手环"
    assert (alarm.person, alarm.phone) == ("王秀英", PHONE)
    assert alarm.place == "幸福里3号楼2单元501 卫生间"
    assert alarm.facts == {"position": "40.8,111.6"}
    assert (alarm.source, alarm.controller, alarm.device) == ("device:F-1", "778", "F-1")
    assert alarm.elder_id == device.elder_id
    with house.sessions() as session:
        [event_] = alarms.events(session, alarm)
        assert (event_.by, event_.how) == ("device", "api")


def test_a_fault_is_about_the_device(house: House) -> None:
    device = house.add("F-1", "fall")
    alarm = report(house.sessions, device, KINDS, Event("1", "api", fault="电池电量低"), NOW).alarm
    assert (alarm.category, alarm.severity) == ("technical", 3)
    assert alarm.said == "跌倒探测器 F-1 报告故障：电池电量低。"


def test_the_device_s_own_place_is_where_help_goes(house: House) -> None:
    device = house.add(place="老年活动中心", phone=PHONE)
    assert (
        report(house.sessions, device, KINDS, Event("1", "api"), NOW).alarm.place == "老年活动中心"
    )


def test_the_same_reference_is_the_same_alarm_also_when_it_is_closed(house: House) -> None:
    device = house.add()
    first = report(house.sessions, device, KINDS, Event("1", "api"), NOW)
    with house.sessions.begin() as session:
        alarms.close(session, first.alarm.ref, by="李班长", reason="已到场", now=NOW)
    again = report(house.sessions, device, KINDS, Event("1", "api"), NOW + timedelta(hours=1))
    assert (again.alarm.ref, again.new) == (first.alarm.ref, False)
    with house.sessions() as session:
        found = known(session, device, "1", NOW)
        assert found is not None
        assert found.ref == first.alarm.ref
        assert known(session, device, "2", NOW) is None


def test_a_counter_that_has_come_round_is_a_new_alarm(house: House) -> None:
    device, later = house.add(), NOW + SAME
    first = report(house.sessions, device, KINDS, Event("9", "api"), NOW)
    second = report(house.sessions, device, KINDS, Event("9", "api"), later)
    third = report(house.sessions, device, KINDS, Event("9", "api"), later + timedelta(minutes=1))
    assert first.alarm.ref != second.alarm.ref == third.alarm.ref
    assert (second.new, third.new) == (True, False)
    with house.sessions() as session:
        found = known(session, device, "9", later)
        assert found is not None
        assert found.ref == second.alarm.ref


def test_two_devices_may_count_alike(house: House) -> None:
    one, other = house.add("P-1"), house.add("P-2")
    first = report(house.sessions, one, KINDS, Event("1", "api"), NOW)
    second = report(house.sessions, other, KINDS, Event("1", "api"), NOW)
    assert first.alarm.ref != second.alarm.ref


def test_of_many_at_once_one_alarm_comes(house: House) -> None:
    device = house.add()
    with ThreadPoolExecutor(8) as threads:
        kept = list(
            threads.map(
                lambda _: report(house.sessions, device, KINDS, Event("1", "api"), NOW), range(8)
            )
        )
    assert len({each.alarm.ref for each in kept}) == 1
    assert [each.new for each in kept].count(True) == 1


def test_what_was_promised_and_not_raised_is_raised_the_next_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash between the reference and the alarm loses nothing."""
    device = house.add()
    with monkeypatch.context() as broken:
        broken.setattr(alarms, "raise_", _crash)
        with pytest.raises(KeyboardInterrupt):
            report(house.sessions, device, KINDS, Event("1", "api"), NOW)
    kept = report(house.sessions, device, KINDS, Event("1", "api"), NOW)
    with house.sessions() as session:
        assert [alarm.ref for alarm in alarms.open_alarms(session)] == [kept.alarm.ref]


def _crash(*_: object) -> None:
    raise KeyboardInterrupt


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sent=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40)), max_size=8))
def test_a_reference_is_one_alarm_for_a_day_from_its_first_report(
    embedded: Sessions, tmp_path: Path, sent: list[tuple[str, int]]
) -> None:
    """`sent`: a reference, and hours since the report before."""
    ref = f"P-{uuid4().hex[:12]}"
    keys = DeviceKeys(tmp_path / "devices.key")
    with embedded.begin() as session:
        device, _ = service.add(session, keys, KINDS, ref=ref, kind="button", now=NOW)
    now, began, expected = NOW, dict[str, datetime](), dict[str, str]()
    for reference, hours in sent:
        now += timedelta(hours=hours)
        kept = report(embedded, device, KINDS, Event(reference, "api"), now)
        fresh = reference not in began or now - began[reference] >= SAME
        assert kept.new is fresh
        if fresh:
            assert kept.alarm.ref not in expected.values()
            began[reference], expected[reference] = now, kept.alarm.ref
        assert kept.alarm.ref == expected[reference]
