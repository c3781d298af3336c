"""One report is one alarm however often it comes; what comes from one home is one case."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from care.alarms import service as alarms
from care.alarms.case import others
from care.alarms.chain import verify
from care.alarms.model import Alarm, AlarmLadder
from care.alarms.service import Report
from care.storage.engine import Sessions
from tests.conftest import NOW

PENDANT = Report("pendant", 1, "", source="device:7", reference="r-1", device="7", by="device")


def test_the_same_reference_is_the_same_alarm_also_when_it_is_closed(sessions: Sessions) -> None:
    first = alarms.raise_(sessions, PENDANT, NOW).ref
    assert alarms.raise_(sessions, PENDANT, NOW).ref == first
    with sessions.begin() as session:
        alarms.close(session, first, by="张敏", reason="误碰", now=NOW)
    assert alarms.raise_(sessions, PENDANT, NOW).ref == first
    with sessions() as session:
        assert alarms.open_alarms(session) == []
        assert len(alarms.events(session, alarms.find(session, first))) == 2


def test_the_same_reference_of_another_sender_is_another_alarm(sessions: Sessions) -> None:
    other = Report("pendant", 1, "", source="device:8", reference="r-1", by="device")
    assert alarms.raise_(sessions, PENDANT, NOW).ref != alarms.raise_(sessions, other, NOW).ref


def test_a_report_that_comes_many_times_at_once_is_one_alarm(sessions: Sessions) -> None:
    start, refs = threading.Barrier(6), []

    def send() -> None:
        start.wait(10)
        refs.append(alarms.raise_(sessions, PENDANT, NOW).ref)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refs) == 6
    assert len(set(refs)) == 1
    assert verify(sessions).whole


def test_many_at_once_are_all_kept_in_one_chain(sessions: Sessions) -> None:
    def send(name: int) -> None:
        for n in range(5):
            report = Report("pendant", 1, "", source=f"device:{name}", reference=str(n))
            alarms.raise_(sessions, report, NOW)

    threads = [threading.Thread(target=send, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verify(sessions)
    assert found.whole
    assert found.events == 20


def test_an_alarm_and_the_foot_of_its_ladder_are_one_transaction(sessions: Sessions) -> None:
    ref = alarms.raise_(sessions, PENDANT, NOW).ref
    with sessions() as session:
        [row] = session.scalars(select(AlarmLadder))
        assert row.alarm_id == alarms.find(session, ref).id
        assert (row.climbed, row.waited, row.rests, row.owner) == (0, 0.0, False, None)


def _case(sessions: Sessions, report: Report, minutes: float = 0) -> tuple[str, str | None]:
    alarm = alarms.raise_(sessions, report, NOW + timedelta(minutes=minutes))
    return alarm.ref, alarm.case_ref


HOME = "幸福小区3号楼402"


@pytest.mark.parametrize(
    "second",
    [
        Report("fall", 2, "摔了", phone="13800000001"),
        Report("fall", 2, "摔了", elder_id=5),
        Report("gas", 1, "", source="x", device="7"),
        Report("gas", 1, "", source="x", controller="c-9"),
        Report("fall", 2, "摔了", place=HOME),
    ],
)
def test_what_comes_from_one_home_within_minutes_is_one_case(
    sessions: Sessions, second: Report
) -> None:
    first = Report(
        "pendant", 1, "", phone="13800000001", elder_id=5, device="7", controller="c-9", place=HOME
    )
    ref, case = _case(sessions, first)
    assert case == ref
    other, joined = _case(sessions, second, minutes=4)
    assert other != ref
    assert joined == ref
    with sessions() as session:
        assert [each.ref for each in others(session, alarms.find(session, ref))] == [other]


@pytest.mark.parametrize(
    ("place", "minutes"), [("家里", 1), ("三号楼", 1), (None, 1), (HOME, 16), (HOME, -16)]
)
def test_another_home_or_another_hour_is_another_case(
    embedded: Sessions, place: str | None, minutes: int
) -> None:
    report = Report("fall", 2, "摔了", place=place)
    ref, _ = _case(embedded, report)
    with embedded.begin() as session:
        alarms.close(session, ref, by="张敏", reason="好了", now=NOW)
    other, case = _case(embedded, report, minutes)
    assert case == other


def test_an_open_alarm_keeps_its_case_open(embedded: Sessions) -> None:
    ref, _ = _case(embedded, PENDANT)
    other = Report("pendant", 1, "", source="device:7", reference="r-2", device="7")
    assert _case(embedded, other, minutes=90)[1] == ref


def test_who_acknowledges_one_has_what_else_is_waiting_in_its_case(sessions: Sessions) -> None:
    phone = "13800000001"
    pressed, _ = _case(sessions, Report("pendant", 1, "", device="7", phone=phone))
    called, _ = _case(sessions, Report("fall", 2, "摔了", phone=phone))
    elsewhere, _ = _case(sessions, Report("fall", 2, "摔了", phone="13800000002"))
    with sessions.begin() as session:
        alarms.acknowledge(session, called, by="张敏", now=NOW)
    later, _ = _case(sessions, Report("fall", 2, "又摔了", phone=phone))
    with sessions() as session:
        states = {row.ref: row.state for row in session.scalars(select(Alarm))}
    assert states == {
        pressed: "acknowledged",
        called: "acknowledged",
        elsewhere: "raised",
        later: "raised",
    }
