"""Taking callers over: exactly one operator gets each, and nobody is left with nobody."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from care.calls import service as calls
from care.calls.kind import Direction
from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.desk import claims, seats
from care.desk.state import SeatState
from care.handovers import service as handovers
from care.storage.engine import Sessions
from tests.care.desk.talks import sit, talk, wait
from tests.conftest import NOW

SECOND = timedelta(seconds=1)
OPERATORS = [f"op{n}" for n in range(6)]


def state(sessions: Sessions, operator: str) -> SeatState:
    with sessions() as session:
        return seats.state_of(session, operator)


def everybody_at_once(sessions: Sessions, attempt: Callable[[str], object]) -> list[str]:
    """Who of the operators succeeded."""
    sit(sessions, *OPERATORS)
    together = Barrier(len(OPERATORS))

    def one(operator: str) -> bool:
        together.wait(30)
        try:
            attempt(operator)
        except claims.TakenError as error:
            assert error.operator in OPERATORS
            return False
        return True

    with ThreadPoolExecutor(len(OPERATORS)) as pool:
        won = list(pool.map(one, OPERATORS))
    return [operator for operator, got in zip(OPERATORS, won, strict=True) if got]


def test_of_six_operators_exactly_one_gets_the_caller(sessions: Sessions) -> None:
    number, waiting = wait(sessions)

    def attempt(operator: str) -> None:
        with sessions.begin() as session:
            claims.claim(session, waiting, operator=operator, now=NOW)

    [winner] = everybody_at_once(sessions, attempt)
    with sessions() as session:
        found = handovers.open_handover(session, number)
        assert found is not None
        assert (found.state, found.operator) == ("claimed", winner)
    for operator in OPERATORS:
        expected = SeatState.BUSY if operator == winner else SeatState.AVAILABLE
        assert state(sessions, operator) is expected


def test_of_six_operators_exactly_one_takes_over_who_waited_for_nobody(sessions: Sessions) -> None:
    number = talk(sessions, "web-1", "你好")

    def attempt(operator: str) -> None:
        with sessions.begin() as session:
            claims.take_over(session, number, operator=operator, now=NOW)

    [winner] = everybody_at_once(sessions, attempt)
    with sessions() as session:
        [found] = handovers.waiting(session)
        assert (found.reason, found.operator) == ("taken_over", winner)
        kinds = [event.kind for event in handovers.events(session, number)]
    assert kinds == ["requested", "claimed"]


def test_claiming_ones_own_again_changes_nothing(sessions: Sessions) -> None:
    number, waiting = wait(sessions)
    sit(sessions, "zhang")
    for _ in range(2):
        with sessions.begin() as session:
            assert claims.claim(session, waiting, operator="zhang", now=NOW) == number
    with sessions() as session:
        kinds = [event.kind for event in handovers.events(session, number)]
    assert kinds == ["requested", "claimed"]


def test_who_is_offline_claims_nobody(sessions: Sessions) -> None:
    _, waiting = wait(sessions)
    with pytest.raises(seats.NotAtDeskError), sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
    with sessions() as session:
        assert [each.state for each in handovers.waiting(session)] == ["waiting"]


def test_a_fifth_chat_is_one_too_many(sessions: Sessions) -> None:
    sit(sessions, "zhang")
    for number in range(claims.MOST):
        _, waiting = wait(sessions, f"web-{number}")
        with sessions.begin() as session:
            claims.claim(session, waiting, operator="zhang", now=NOW)
    _, waiting = wait(sessions, "web-more")
    with pytest.raises(claims.TooManyError), sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)


@pytest.mark.parametrize("missing", [0, 999])
def test_nobody_is_there_to_claim(embedded: Sessions, missing: int) -> None:
    sit(embedded, "zhang")
    for attempt in (claims.claim, claims.take_over):
        with pytest.raises(claims.TakenError) as raised, embedded.begin() as session:
            attempt(session, missing, operator="zhang", now=NOW)
        assert raised.value.operator is None
    assert state(embedded, "zhang") is SeatState.AVAILABLE


def test_who_was_closed_meanwhile_is_not_called_back_to_life(sessions: Sessions) -> None:
    number, waiting = wait(sessions)
    sit(sessions, "zhang", "li")
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="li", now=NOW)
        claims.close(session, number, operator="li", wrap_up="answered", note="", now=NOW)
    with pytest.raises(claims.TakenError), sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
    with sessions() as session:
        assert handovers.waiting(session) == []


def test_closing_ends_in_wrap_up_and_handing_back_does_not(sessions: Sessions) -> None:
    sit(sessions, "zhang")
    first, waiting = wait(sessions, "web-1")
    second, _ = wait(sessions, "web-2")
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
        claims.take_over(session, second, operator="zhang", now=NOW)
        claims.close(session, first, operator="zhang", wrap_up="answered", note="好", now=NOW)
    assert state(sessions, "zhang") is SeatState.BUSY
    with sessions.begin() as session:
        claims.hand_back(session, second, operator="zhang", note="接着订饭", now=NOW)
    assert state(sessions, "zhang") is SeatState.AVAILABLE
    third = talk(sessions, "web-3")
    with sessions.begin() as session:
        claims.take_over(session, third, operator="zhang", now=NOW)
        claims.close(session, third, operator="zhang", wrap_up="company", note="", now=NOW)
    assert state(sessions, "zhang") is SeatState.AFTER_CALL
    with sessions() as session:
        told = [(e.kind, e.by, e.note) for e in handovers.events(session, second)]
        assert told[-1] == ("handed_back", "zhang", "接着订饭")
        assert handovers.waiting(session) == []


def test_let_go_waits_again_at_the_old_place(sessions: Sessions) -> None:
    first, waiting = wait(sessions, "web-1", now=NOW)
    second, _ = wait(sessions, "web-2", now=NOW + SECOND)
    sit(sessions, "zhang")
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW + 2 * SECOND)
    with sessions.begin() as session:
        claims.let_go(session, first, operator="zhang", now=NOW + 3 * SECOND)
    with sessions() as session:
        queue = handovers.waiting(session)
        assert [each.conversation_id for each in queue] == [first, second]
        assert (queue[0].state, queue[0].operator, queue[0].claimed_at) == ("waiting", None, None)
        assert queue[0].requested_at == NOW
    assert state(sessions, "zhang") is SeatState.AVAILABLE


def test_nobody_ends_or_speaks_in_what_another_has(sessions: Sessions) -> None:
    number, waiting = wait(sessions)
    sit(sessions, "zhang", "li")
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="li", now=NOW)
    attempts: list[Callable[..., None]] = [claims.let_go]
    with sessions() as session:
        for attempt in attempts:
            with pytest.raises(claims.NotYoursError):
                attempt(session, number, operator="zhang", now=NOW)
        with pytest.raises(claims.NotYoursError):
            claims.close(session, number, operator="zhang", wrap_up="x", note="", now=NOW)
        with pytest.raises(claims.NotYoursError):
            claims.hand_back(session, number, operator="zhang", note="", now=NOW)
        with pytest.raises(claims.NotYoursError):
            claims.say(session, number, operator="zhang", text="您好", now=NOW)


def test_what_an_operator_says_is_kept_with_their_name_and_keeps_the_dialogue_fresh(
    sessions: Sessions,
) -> None:
    number, waiting = wait(sessions)
    sit(sessions, "zhang")
    later = NOW + timedelta(minutes=25)
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
        claims.say(session, number, operator="zhang", text="我是张敏。", now=later)
    with sessions() as session:
        last = conversations.transcript(session, number)[-1]
        assert (last.speaker, last.operator, last.text) == ("operator", "zhang", "我是张敏。")
        assert session.get_one(Conversation, number).last_at == later


def test_who_holds_a_caller_by_telephone_needs_no_seat(sessions: Sessions) -> None:
    number, waiting = wait(sessions)
    with sessions.begin() as session:
        handovers.claim(session, waiting, operator="6001", now=NOW)
        claims.close(session, number, operator="6001", wrap_up="answered", note="", now=NOW)
    assert state(sessions, "6001") is SeatState.OFFLINE


def test_who_is_on_the_telephone_is_not_taken_over_by_writing(sessions: Sessions) -> None:
    number, waiting = wait(sessions, "tel:13800000009")
    sit(sessions, "zhang")
    with sessions.begin() as session:
        new = calls.NewCall("leg-1", Direction.IN, "sip", caller="+8613800000009")
        call = calls.begin(session, new, NOW)
    for attempt, target in ((claims.claim, waiting), (claims.take_over, number)):
        with pytest.raises(claims.OnTheLineError), sessions.begin() as session:
            attempt(session, target, operator="zhang", now=NOW)
    with sessions.begin() as session:
        calls.end(session, call.id, "hung up", NOW)
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
