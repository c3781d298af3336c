"""Alarms are on disk when raised, and end only by a person's hand."""

import pytest

from care.alarms import service as alarms
from care.conversations import service as conversations
from care.storage.engine import Sessions, open_engine, open_sessions
from tests.conftest import NOW


def _conversation(sessions: Sessions, sender: str = "a") -> int:
    with sessions.begin() as session:
        row = conversations.open_conversation(session, sender_id=sender, channel="web", now=NOW)
    return row.id


def _report(conversation: int | None, severity: int = 2, category: str = "fall") -> alarms.Report:
    return alarms.Report(category, severity, "我摔倒了起不来", conversation)


def test_a_raised_alarm_is_seen_by_another_process_at_once(sessions: Sessions) -> None:
    conversation = _conversation(sessions)
    raised = alarms.raise_(sessions, _report(conversation), NOW)
    other = open_sessions(open_engine(sessions.kw["bind"].url.render_as_string(False)))
    with other() as session:
        found = alarms.open_alarm(session, conversation)
    assert found is not None
    assert (found.ref, found.said, found.raised_at) == (raised.ref, "我摔倒了起不来", NOW)


def test_a_second_report_joins_and_raises_the_severity(sessions: Sessions) -> None:
    conversation = _conversation(sessions)
    first = alarms.raise_(sessions, _report(conversation, 2, "fall"), NOW)
    second = alarms.raise_(sessions, _report(conversation, 1, "breathing"), NOW)
    third = alarms.raise_(sessions, _report(conversation, 3, "lost"), NOW)
    assert first.ref == second.ref == third.ref
    with sessions() as session:
        [alarm] = alarms.open_alarms(session)
        assert (alarm.severity, alarm.category) == (1, "breathing")
        kinds = [event.kind for event in alarms.events(session, alarm)]
    assert kinds == ["raised", "reported_again", "reported_again"]


def test_alarms_of_two_callers_stay_apart_and_the_gravest_comes_first(sessions: Sessions) -> None:
    mild = alarms.raise_(sessions, _report(_conversation(sessions, "a"), 2), NOW)
    grave = alarms.raise_(sessions, _report(_conversation(sessions, "b"), 1), NOW)
    with sessions() as session:
        assert [alarm.ref for alarm in alarms.open_alarms(session)] == [grave.ref, mild.ref]


def test_what_is_learnt_later_is_added(sessions: Sessions) -> None:
    conversation = _conversation(sessions)
    alarms.raise_(sessions, _report(conversation), NOW)
    with sessions.begin() as session:
        alarm = alarms.open_alarm(session, conversation)
        assert alarm is not None
        alarms.add_said(
            session,
            alarm,
            said="在东关小区三号楼",
            facts={"place": "东关小区三号楼", "breathing": "yes"},
            follow_up={"asked": ["place"]},
            now=NOW,
        )
    with sessions() as session:
        alarm = alarms.open_alarm(session, conversation)
        assert alarm is not None
        assert alarm.place == "东关小区三号楼"
        assert alarm.facts["breathing"] == "yes"
        assert alarm.follow_up == {"asked": ["place"]}


def test_closing_needs_a_name_and_a_reason_and_is_kept(sessions: Sessions) -> None:
    conversation = _conversation(sessions)
    ref = alarms.raise_(sessions, _report(conversation), NOW).ref
    with sessions.begin() as session:
        with pytest.raises(ValueError, match="name"):
            alarms.close(session, ref, by=" ", reason="误报", now=NOW)
        with pytest.raises(alarms.AlarmNotFoundError, match="A9999"):
            alarms.close(session, "A9999", by="张敏", reason="误报", now=NOW)
        assert alarms.open_alarm(session, conversation) is not None
        alarm = alarms.close(session, ref, by="张敏", reason="已送医", now=NOW)
        alarms.close(session, ref, by="别人", reason="又一次", now=NOW)
        assert alarms.open_alarm(session, conversation) is None
        events = [(e.kind, e.by, e.note) for e in alarms.events(session, alarm)]
    assert events[-1] == ("closed", "张敏", "已送医")
    assert len(events) == 2
