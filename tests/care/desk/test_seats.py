"""Presence: what follows what, and what becomes of callers when a browser closes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.desk import callbacks, claims, seats
from care.desk.state import CHOSEN, SeatState, after_claim, after_end, may_choose
from care.handovers import service as handovers
from care.storage.engine import Sessions
from tests.care.desk.talks import sit, wait
from tests.conftest import NOW

LATE = NOW + seats.GRACE + timedelta(seconds=1)

states = st.sampled_from(SeatState)


@given(states, states)
def test_nobody_chooses_to_be_busy_or_to_wrap_up(state: SeatState, wanted: SeatState) -> None:
    if wanted in (SeatState.BUSY, SeatState.AFTER_CALL):
        assert not may_choose(state, wanted)


@given(states)
def test_everybody_can_always_go_home(state: SeatState) -> None:
    assert state is SeatState.OFFLINE or may_choose(state, SeatState.OFFLINE)


def test_from_every_state_there_is_a_way_to_be_available() -> None:
    ways = {state: set(CHOSEN[state]) for state in SeatState}
    ways[SeatState.BUSY].add(after_end(0, wrapped_up=True))
    for state in SeatState:
        reached = {state}
        while grown := {way for each in reached for way in ways[each]} - reached:
            reached |= grown
        assert SeatState.AVAILABLE in reached


def test_a_break_ends_with_a_claim_and_a_caller_forbids_one() -> None:
    assert after_claim(SeatState.BREAK) is SeatState.BUSY
    assert not may_choose(SeatState.BUSY, SeatState.BREAK)


def test_a_refused_state_is_told_apart(sessions: Sessions) -> None:
    sit(sessions, "zhang")
    _, waiting = wait(sessions)
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
    with pytest.raises(seats.StateRefusedError) as raised, sessions.begin() as session:
        seats.choose(session, "zhang", SeatState.BREAK, NOW)
    assert (raised.value.state, raised.value.wanted) == (SeatState.BUSY, SeatState.BREAK)


def test_a_closed_browser_frees_what_it_held(sessions: Sessions) -> None:
    number, waiting = wait(sessions)
    sit(sessions, "zhang", "li")
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
    with sessions.begin() as session:
        seats.touch(session, "li", LATE)
    with sessions.begin() as session:
        assert seats.free_abandoned(session, LATE) == ["zhang"]
    with sessions() as session:
        found = handovers.open_handover(session, number)
        assert found is not None
        assert (found.state, found.requested_at) == ("waiting", NOW)
        assert seats.state_of(session, "zhang") is SeatState.OFFLINE
        assert [seat.operator for seat in seats.present(session)] == ["li"]
        last = handovers.events(session, number)[-1]
        assert (last.kind, last.by, last.note) == ("released", "zhang", "gone")


def test_a_window_that_stays_open_keeps_the_caller(sessions: Sessions) -> None:
    number, waiting = wait(sessions)
    sit(sessions, "zhang")
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
    for step in range(1, 20):
        now = NOW + step * seats.TOUCH
        with sessions.begin() as session:
            seats.touch(session, "zhang", now)
            assert seats.free_abandoned(session, now) == []
    with sessions() as session:
        found = handovers.open_handover(session, number)
        assert found is not None
        assert found.operator == "zhang"


def test_going_offline_lets_go_of_everything(sessions: Sessions) -> None:
    sit(sessions, "zhang")
    for sender in ("web-1", "web-2"):
        _, waiting = wait(sessions, sender)
        with sessions.begin() as session:
            claims.claim(session, waiting, operator="zhang", now=NOW)
    with sessions.begin() as session:
        seats.choose(session, "zhang", SeatState.OFFLINE, NOW)
    with sessions() as session:
        assert [each.state for each in handovers.waiting(session)] == ["waiting", "waiting"]


def test_after_the_clock_was_set_back_a_closed_browser_is_still_found(sessions: Sessions) -> None:
    _, waiting = wait(sessions)
    sit(sessions, "zhang")
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
    back = NOW - timedelta(hours=1)
    with sessions.begin() as session:
        assert seats.free_abandoned(session, back) == []
        assert seats.free_abandoned(session, back + 2 * seats.GRACE) == ["zhang"]


@pytest.mark.parametrize("leaves", ["by choice", "closed"])
def test_a_call_back_goes_back_on_the_list_with_whoever_leaves(
    sessions: Sessions, leaves: str
) -> None:
    sit(sessions, "zhang", "li")
    with sessions.begin() as session:
        wish = callbacks.Wish("13800000001", "津贴", NOW)
        taken, others = (callbacks.make(session, wish, by="li", now=NOW).id for _ in range(2))
        callbacks.take(session, taken, operator="zhang", now=NOW)
        callbacks.take(session, others, operator="li", now=NOW)
        seats.touch(session, "li", LATE)
    with sessions.begin() as session:
        if leaves == "by choice":
            seats.choose(session, "zhang", SeatState.OFFLINE, LATE)
        else:
            seats.free_abandoned(session, LATE)
        found = {row.id: (row.state, row.operator) for row in callbacks.still_open(session)}
    assert found == {taken: ("open", None), others: ("taken", "li")}


def test_a_window_of_somebody_who_was_found_gone_brings_nothing_back(sessions: Sessions) -> None:
    sit(sessions, "zhang")
    with sessions.begin() as session:
        seats.free_abandoned(session, LATE)
    with sessions.begin() as session:
        seats.touch(session, "zhang", LATE)
        assert seats.state_of(session, "zhang") is SeatState.OFFLINE


def test_who_is_left_with_nobody_by_other_hands_wraps_up(sessions: Sessions) -> None:
    sit(sessions, "zhang", "li")
    held = []
    for operator in ("zhang", "li"):
        _, waiting = wait(sessions, f"web-{operator}")
        held.append(waiting)
        with sessions.begin() as session:
            claims.claim(session, waiting, operator=operator, now=NOW)
    with sessions.begin() as session:
        handovers.close(session, held[0], by="the command line", now=NOW)
        seats.settle(session, NOW)
        assert seats.state_of(session, "zhang") is SeatState.AFTER_CALL
        assert seats.state_of(session, "li") is SeatState.BUSY
