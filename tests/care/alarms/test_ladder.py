"""Nobody acts: who is told, when, how often, and through what kills and clocks it holds."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from care.alarms import service as alarms
from care.alarms.chain import verify
from care.alarms.ladder import Ladder
from care.alarms.model import Alarm
from care.alarms.outbox import AT_ONCE
from care.alarms.service import Report
from care.conversations.service import open_conversation
from care.data_files import DATA, DataFileError
from care.elders.contact import ElderContact
from care.elders.model import Elder
from care.notices.port import Notice, Receipt
from care.storage.engine import Sessions
from tests.care.alarms.watch import Clocks, Listener, keeper, watch
from tests.conftest import NOW

URGENT = [
    "desks/duty",
    "supervisor/supervisor",
    "supervisor/contacts",
    "by_hand/duty",
    "by_hand/supervisor",
    "by_hand/external",
]
"""What an alarm that nobody acknowledges sends, in three minutes."""


def _raise(sessions: Sessions, severity: int = 2, category: str = "fall", **more: str) -> str:
    report = Report(category, severity, "摔了", place="幸福小区3号楼402", **more)  # type: ignore[arg-type]
    return alarms.raise_(sessions, report, NOW).ref


def _alarm(sessions: Sessions, ref: str) -> Alarm:
    with sessions() as session:
        return alarms.find(session, ref)


def _rungs(sessions: Sessions, ref: str) -> list[tuple[str, float]]:
    """Each climbed rung, and after how many seconds by the wall's clock."""
    with sessions() as session:
        events = alarms.events(session, alarms.find(session, ref))
    return [(e.note, (e.at - NOW).total_seconds()) for e in events if e.kind == "escalated"]


def test_an_alarm_that_nobody_acknowledges_climbs_at_30_60_and_180_seconds(
    sessions: Sessions,
) -> None:
    ref, clocks, listener = _raise(sessions), Clocks(), Listener()
    running = keeper(sessions, clocks, listener)
    watch(running, clocks, 29)
    assert listener.told() == []
    watch(running, clocks, 31)
    assert listener.told() == URGENT[:3]
    assert _alarm(sessions, ref).instruction is None
    watch(running, clocks, 120, step=5)
    assert listener.told() == URGENT
    watch(running, clocks, 3600, step=300)
    assert listener.told() == URGENT
    assert _rungs(sessions, ref) == [("desks", 30), ("supervisor", 60), ("by_hand", 180)]
    alarm = _alarm(sessions, ref)
    assert alarm.escalation == "by_hand"
    assert alarm.instruction is not None
    assert "打120(急救)" in alarm.instruction
    assert "助手不会替您打" in alarm.instruction
    assert verify(sessions).whole


@pytest.mark.parametrize(("category", "number"), [("fire", "119"), ("intruder", "110")])
def test_the_number_to_dial_goes_by_what_happened(
    embedded: Sessions, category: str, number: str
) -> None:
    ref, clocks = _raise(embedded, category=category), Clocks()
    watch(keeper(embedded, clocks, Listener()), clocks, 180, step=30)
    assert f"打{number}(" in (_alarm(embedded, ref).instruction or "")


def test_every_step_of_a_person_begins_a_new_wait(sessions: Sessions) -> None:
    ref, clocks, listener = _raise(sessions), Clocks(), Listener()
    running = keeper(sessions, clocks, listener)
    watch(running, clocks, 45, step=15)
    with sessions.begin() as session:
        alarms.acknowledge(session, ref, by="张敏", now=clocks.now())
    assert _alarm(sessions, ref).escalation is None
    watch(running, clocks, 299, step=13)
    assert listener.told() == ["desks/duty"]
    watch(running, clocks, 2)
    with sessions.begin() as session:
        alarms.dispatch(session, ref, by="张敏", responder="王师傅", now=clocks.now())
    watch(running, clocks, 1200, step=100)
    with sessions.begin() as session:
        alarms.arrive(session, ref, by="张敏", now=clocks.now())
    watch(running, clocks, 60, step=30)
    with sessions.begin() as session:
        alarms.close(session, ref, by="张敏", reason="好了", now=clocks.now())
    watch(running, clocks, 4000, step=500)
    assert listener.told() == ["desks/duty", "nobody_sent/supervisor", "not_arrived/supervisor"]


def test_what_can_wait_telephones_nobody(sessions: Sessions) -> None:
    ref, clocks, listener = _raise(sessions, severity=3), Clocks(), Listener()
    running = keeper(sessions, clocks, listener)
    watch(running, clocks, 300, step=50)
    assert _rungs(sessions, ref) == [("soon", 300)]
    assert listener.told() == []


def test_what_gets_graver_is_told_at_once(sessions: Sessions) -> None:
    with sessions.begin() as session:
        conversation = open_conversation(session, sender_id="a", channel="web", now=NOW).id
    ref = alarms.raise_(sessions, Report("lost", 3, "找不到", conversation), NOW).ref
    clocks, listener = Clocks(), Listener()
    running = keeper(sessions, clocks, listener)
    watch(running, clocks, 100, step=20)
    assert listener.told() == []
    alarms.raise_(sessions, Report("unconscious", 1, "没气了", conversation), clocks.now())
    watch(running, clocks, 1)
    assert listener.told() == URGENT[:3]
    assert [name for name, _ in _rungs(sessions, ref)] == ["desks", "supervisor"]


def test_a_process_that_dies_is_followed_by_the_next_from_the_same_second(
    sessions: Sessions,
) -> None:
    ref, clocks, listener = _raise(sessions), Clocks(), Listener()
    watch(keeper(sessions, clocks, listener), clocks, 50, step=5)
    clocks.go(5)  # killed; the next one starts, and sees that nobody counts any more
    watch(keeper(sessions, clocks, listener), clocks, 200)
    assert listener.told() == URGENT
    assert _rungs(sessions, ref) == [("desks", 30), ("supervisor", 61), ("by_hand", 180)]


def test_two_processes_share_the_work_and_tell_nobody_twice(sessions: Sessions) -> None:
    _raise(sessions), _raise(sessions, category="fire")
    clocks, listener = Clocks(), Listener()
    one, two = keeper(sessions, clocks, listener), keeper(sessions, clocks, listener)
    for _ in range(60):
        clocks.go(3)
        two.tick()
        one.tick()
    assert sorted(listener.told()) == sorted(URGENT * 2)


def test_the_other_process_goes_on_when_one_dies(sessions: Sessions) -> None:
    _raise(sessions)
    clocks, listener = Clocks(), Listener()
    one, two = keeper(sessions, clocks, listener), keeper(sessions, clocks, listener)
    for _ in range(20):
        clocks.go(1)
        one.tick()
        two.tick()
    watch(two, clocks, 180, step=4)
    assert listener.told() == URGENT


@pytest.mark.parametrize("hours", [-1, -24 * 365, 1])
def test_a_clock_that_is_set_neither_delays_nor_hurries_a_running_process(
    sessions: Sessions, hours: int
) -> None:
    _raise(sessions)
    clocks, listener = Clocks(), Listener()
    running = keeper(sessions, clocks, listener)
    watch(running, clocks, 20)
    clocks.wall += timedelta(hours=hours)
    watch(running, clocks, 9)
    assert listener.told() == []
    watch(running, clocks, 1)
    assert listener.told() == URGENT[:1]
    clocks.wall -= timedelta(hours=hours)
    watch(running, clocks, 200, step=10)
    assert listener.told() == URGENT
    assert verify(sessions).whole


def test_a_clock_set_back_while_nobody_ran_costs_only_the_time_of_the_pause(
    sessions: Sessions,
) -> None:
    _raise(sessions)
    clocks, listener = Clocks(), Listener()
    watch(keeper(sessions, clocks, listener), clocks, 25)
    clocks.wall -= timedelta(hours=1)
    later = keeper(sessions, clocks, listener)
    watch(later, clocks, 9)
    assert listener.told() == []
    watch(later, clocks, 3)
    assert listener.told() == URGENT[:1]
    watch(later, clocks, 180, step=10)
    assert listener.told() == URGENT


def test_contacts_are_telephoned_in_their_order_and_learn_little(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.add(Elder(id=1, name="李秀英", phone="13800000001"))
        session.flush()
        for rank, phone in ((2, "13900000002"), (1, "13900000001")):
            session.add(ElderContact(elder_id=1, rank=rank, name="女儿", phone=phone))
    _raise(sessions, phone="13800000001", person="李秀英")
    clocks, listener = Clocks(), Listener()
    watch(keeper(sessions, clocks, listener), clocks, 61)
    contacts = listener.heard[2]
    assert contacts.phones == ("13900000001", "13900000002")
    assert "李秀英" in contacts.text
    assert "幸福小区" not in contacts.text
    assert "跌倒" not in contacts.text
    assert listener.heard[0].phones == ()
    assert "幸福小区3号楼402" in listener.heard[0].text
    assert "等了30秒" in listener.heard[0].text


def _told(sessions: Sessions, ref: str) -> list[tuple[str, str]]:
    with sessions() as session:
        events = alarms.events(session, alarms.find(session, ref))
    return [(e.kind, e.note) for e in events if e.how == "notice"]


def test_whoever_isnt_reached_is_tried_again_a_few_times_under_the_same_key(
    sessions: Sessions,
) -> None:
    ref, clocks = _raise(sessions), Clocks()
    listener = Listener(receipt=lambda notice: Receipt(1, 1))
    running = keeper(sessions, clocks, listener)
    watch(running, clocks, 55, step=5)
    assert listener.told() == ["desks/duty", "desks/duty"]
    watch(running, clocks, 1000, step=20)
    keys = [notice.key for notice in listener.heard if "/desks/duty/" in notice.key]
    assert len(keys) == 5
    assert len(set(keys)) == 1
    assert ("told", "duty 1/2") in _told(sessions, ref)


def test_who_may_be_nobody_leaves_no_trace_where_they_are_nobody(embedded: Sessions) -> None:
    ref, clocks = _raise(embedded), Clocks()
    listener = Listener(receipt=lambda notice: Receipt(0, 0))
    watch(keeper(embedded, clocks, listener), clocks, 200, step=10)
    assert listener.told() == URGENT
    told = _told(embedded, ref)
    assert ("not_told", "supervisor 0/0") in told
    assert not any("external" in note for _, note in told)


def test_an_external_service_that_is_there_counts_as_told(embedded: Sessions) -> None:
    ref, clocks, listener = _raise(embedded), Clocks(), Listener()
    watch(keeper(embedded, clocks, listener), clocks, 200, step=10)
    assert ("told", "external 1/1") in _told(embedded, ref)
    assert listener.heard[-1].text == (
        f"12349热线转来报警{ref}:跌倒,幸福小区3号楼402。等了3分钟,还没有坐席接。"
    )


def test_a_notifier_that_breaks_holds_up_nothing_and_is_not_asked_for_ever(
    sessions: Sessions,
) -> None:
    def broken(notice: Notice) -> Receipt:
        raise RuntimeError("of whatever kind")

    ref, clocks, listener = _raise(sessions), Clocks(), Listener(receipt=broken)
    watch(keeper(sessions, clocks, listener), clocks, 1000, step=20)
    assert [name for name, _ in _rungs(sessions, ref)] == ["desks", "supervisor", "by_hand"]
    assert len(listener.heard) == 5 * len(URGENT)
    assert _told(sessions, ref)[0] == ("not_told", "duty 0/1")


def test_notices_that_take_their_time_hold_up_no_rung(sessions: Sessions) -> None:
    refs = [_raise(sessions) for _ in range(8)]
    clocks, listener = Clocks(), Listener()
    under_way: list[Callable[[], None]] = []
    running = keeper(sessions, clocks, listener, run=under_way.append)
    watch(running, clocks, 180, step=10)
    assert [name for name, _ in _rungs(sessions, refs[-1])] == ["desks", "supervisor", "by_hand"]
    assert listener.heard == []
    assert len(under_way) == AT_ONCE
    while under_way:
        under_way.pop(0)()
        watch(running, clocks, 1)
    assert sorted(listener.told()) == sorted(URGENT * 8)
    assert len({notice.key for notice in listener.heard}) == len(URGENT) * 8


def test_a_result_that_could_not_be_kept_is_kept_later_and_not_sent_again(
    embedded: Sessions,
) -> None:
    ref, clocks, listener = _raise(embedded), Clocks(), Listener()
    running = keeper(embedded, clocks, listener)
    watch(running, clocks, 30, step=10)
    with embedded.begin() as session:
        session.execute(text("ALTER TABLE alarm_outbox RENAME TO away"))
    watch(running, clocks, 20, step=5)
    with embedded.begin() as session:
        session.execute(text("ALTER TABLE away RENAME TO alarm_outbox"))
    assert _told(embedded, ref) == []
    watch(running, clocks, 1)
    assert _told(embedded, ref) == [("told", "duty 1/1")]
    assert listener.told() == ["desks/duty"]


def test_what_an_operator_has_taken_is_not_told_any_more(sessions: Sessions) -> None:
    ref, clocks = _raise(sessions), Clocks()
    listener = Listener(receipt=lambda notice: Receipt(0, 1))
    running = keeper(sessions, clocks, listener)
    watch(running, clocks, 31)
    with sessions.begin() as session:
        alarms.acknowledge(session, ref, by="张敏", now=clocks.now())
    watch(running, clocks, 200, step=20)
    assert listener.told() == ["desks/duty"]


def _file(folder: Path, *changes: tuple[str, str]) -> Path:
    text = (DATA / "alarms" / "ladder.yml").read_text("utf-8")
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "alarms").mkdir()
    (folder / "alarms" / "ladder.yml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ([("after: 30", "after: 0")], "rungs.0.after: Input should be greater than 0"),
        ([("[desks, duty]", "[everybody]")], "rungs.0.tell.0"),
        ([("{waited}", "{wait}")], "unknown placeholder {wait}"),
        ([("{number}", "{nummer}")], "unknown placeholder {nummer}"),
        ([("{place}", "{home}")], "unknown placeholder {home}"),
        ([("{place}", "{place")], "notices.0.text"),
        ([("id: supervisor", "id: desks")], "two rungs have the same id"),
        ([("audience: contacts", "audience: external")], "no notice for contacts"),
        (
            [
                ("raised\n    after: 300\n", "on_site\n    after: 300\n"),
                ("raised\n    after: 1800\n", "on_site\n    after: 1800\n"),
            ],
            "no rung of the state raised for severity 3",
        ),
    ],
)
def test_a_ladder_with_a_hole_is_refused(
    tmp_path: Path, changes: list[tuple[str, str]], problem: str
) -> None:
    with pytest.raises(DataFileError, match=r"ladder\.yml") as refused:
        Ladder.load(_file(tmp_path, *changes))
    assert problem in str(refused.value)
