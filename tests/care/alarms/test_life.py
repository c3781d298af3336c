"""From raised to closed: every step by name, each once, and only in its order."""

import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from care.alarms import service as alarms
from care.alarms.chain import verify
from care.alarms.model import Alarm
from care.alarms.outcome import Outcome
from care.alarms.state import STATES
from care.storage.engine import Sessions
from tests.conftest import NOW


def _raise(sessions: Sessions) -> str:
    return alarms.raise_(sessions, alarms.Report("fall", 2, "摔了"), NOW).ref


def _alarm(sessions: Sessions, ref: str) -> Alarm:
    with sessions() as session:
        return alarms.find(session, ref)


def _course(sessions: Sessions, ref: str) -> list[tuple[str, str, str]]:
    with sessions() as session:
        events = alarms.events(session, alarms.find(session, ref))
    return [(event.kind, event.by, event.note) for event in events]


def test_the_whole_life_is_kept_with_who_when_and_how(sessions: Sessions) -> None:
    ref = _raise(sessions)
    at = [NOW + timedelta(seconds=seconds) for seconds in (0, 12, 40, 600, 900)]
    with sessions.begin() as session:
        alarms.acknowledge(session, ref, by=" 张敏 ", now=at[1], how="desk")
    with sessions.begin() as session:
        alarms.dispatch(session, ref, by="张敏", responder="王师傅", now=at[2], how="desk")
    with sessions.begin() as session:
        alarms.arrive(session, ref, by="张敏", now=at[3], how="cli", note="来电说到了")
    with sessions.begin() as session:
        alarms.close(session, ref, by="张敏", reason="已送医", now=at[4], how="desk")
    alarm = _alarm(sessions, ref)
    assert (alarm.state, alarm.handled_by, alarm.responder) == ("closed", "张敏", "王师傅")
    assert alarm.outcome == "helped"
    moments = (alarm.acknowledged_at, alarm.dispatched_at, alarm.on_site_at, alarm.closed_at)
    assert moments == tuple(at[1:])
    with sessions() as session:
        events = alarms.events(session, alarm)
    assert [(e.kind, e.at, e.by, e.how, e.note) for e in events] == [
        ("raised", at[0], "assistant", "", "摔了"),
        ("acknowledged", at[1], "张敏", "desk", ""),
        ("dispatched", at[2], "张敏", "desk", "王师傅"),
        ("on_site", at[3], "张敏", "cli", "来电说到了"),
        ("closed", at[4], "张敏", "desk", "已送医"),
    ]


def test_of_two_operators_at_the_same_moment_one_has_it(sessions: Sessions) -> None:
    ref = _raise(sessions)
    start, said = threading.Barrier(6), []

    def grab(name: str) -> None:
        start.wait(10)
        try:
            with sessions.begin() as session:
                alarms.acknowledge(session, ref, by=name, now=NOW)
            said.append((name, name))
        except alarms.AlarmTakenError as error:
            said.append((name, error.by))

    threads = [threading.Thread(target=grab, args=(f"坐席{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = _alarm(sessions, ref).handled_by
    assert len(said) == 6
    assert {has for _, has in said} == {winner}
    assert [kind for kind, _, _ in _course(sessions, ref)] == ["raised", "acknowledged"]


def test_the_same_operator_twice_changes_nothing(sessions: Sessions) -> None:
    ref = _raise(sessions)
    for seconds in (5, 9):
        with sessions.begin() as session:
            now = NOW + timedelta(seconds=seconds)
            alarms.acknowledge(session, ref, by="张敏", now=now)
    assert _alarm(sessions, ref).acknowledged_at == NOW + timedelta(seconds=5)
    assert len(_course(sessions, ref)) == 2


def test_whoever_dispatches_has_acknowledged(sessions: Sessions) -> None:
    ref = _raise(sessions)
    with sessions.begin() as session:
        alarms.dispatch(session, ref, by="张敏", responder="王师傅", now=NOW)
    assert [kind for kind, _, _ in _course(sessions, ref)] == [
        "raised",
        "acknowledged",
        "dispatched",
    ]


def test_an_operator_hands_it_on_to_another(sessions: Sessions) -> None:
    ref = _raise(sessions)
    with sessions.begin() as session:
        alarms.acknowledge(session, ref, by="张敏", now=NOW)
        alarms.take_over(session, ref, by="李强", now=NOW)
    assert _alarm(sessions, ref).handled_by == "李强"
    assert _course(sessions, ref)[-1] == ("taken_over", "李强", "张敏")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_alarm_may_be_closed_at_once_and_why_is_counted(
    embedded: Sessions, outcome: Outcome
) -> None:
    ref = _raise(embedded)
    later = NOW + timedelta(seconds=20)
    with embedded.begin() as session:
        alarms.close(session, ref, by="张敏", reason="问过了", now=later, outcome=outcome)
    alarm = _alarm(embedded, ref)
    assert (alarm.outcome, alarm.acknowledged_at) == (outcome.value, later)


def test_a_step_needs_a_name(embedded: Sessions) -> None:
    ref = _raise(embedded)
    with embedded.begin() as session:
        with pytest.raises(ValueError, match="name"):
            alarms.acknowledge(session, ref, by="  ", now=NOW)
        with pytest.raises(ValueError, match="name"):
            alarms.dispatch(session, ref, by="张敏", responder="", now=NOW)
        with pytest.raises(alarms.AlarmNotFoundError):
            alarms.acknowledge(session, "A0", by="张敏", now=NOW)


def test_what_a_caller_says_meanwhile_undoes_no_step(sessions: Sessions) -> None:
    """The conversation holds a copy of the alarm from before the operator's step."""
    ref = _raise(sessions)
    copy = _alarm(sessions, ref)
    with sessions.begin() as session:
        alarms.acknowledge(session, ref, by="张敏", now=NOW)
        alarms.find(session, ref).facts = {"alone": "yes"}
    with sessions.begin() as session:
        merged = session.merge(copy)
        alarms.add_said(
            session, merged, said="在喘气", facts={"breathing": "yes"}, follow_up={}, now=NOW
        )
    alarm = _alarm(sessions, ref)
    assert (alarm.state, alarm.handled_by) == ("acknowledged", "张敏")
    assert alarm.facts == {"alone": "yes", "breathing": "yes"}
    assert verify(sessions).whole


_STEPS = ("acknowledge", "take_over", "dispatch", "arrive", "close", "remark")
_WHO = ("张敏", "李强")


def _take(session: Session, ref: str, step: str, name: str) -> None:
    if step == "dispatch":
        alarms.dispatch(session, ref, by=name, responder="王师傅", now=NOW)
    elif step == "close":
        alarms.close(session, ref, by=name, reason="好了", now=NOW)
    elif step == "remark":
        alarms.remark(session, ref, by=name, text="打了电话", now=NOW)
    else:
        {"acknowledge": alarms.acknowledge, "take_over": alarms.take_over, "arrive": alarms.arrive}[
            step
        ](session, ref, by=name, now=NOW)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.sampled_from(_STEPS), st.sampled_from(_WHO)), max_size=10))
def test_no_order_of_steps_goes_back_or_breaks_the_chain(
    embedded: Sessions, steps: list[tuple[str, str]]
) -> None:
    sessions = embedded
    ref = _raise(sessions)
    reached = ["raised"]
    for step, name in steps:
        try:
            with sessions.begin() as session:
                _take(session, ref, step, name)
        except (alarms.AlarmStateError, alarms.AlarmTakenError):
            assert _alarm(sessions, ref).state == reached[-1]
        reached.append(_alarm(sessions, ref).state)
    places = [STATES.index(state) for state in reached]
    assert places == sorted(places)
    assert verify(sessions).whole
