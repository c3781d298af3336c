"""The queue for a person: one entry a caller, one operator an entry."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from care.conversations import service as conversations
from care.handovers import service as handovers
from care.storage.engine import Sessions
from tests.conftest import NOW


def _request(sessions: Sessions) -> tuple[int, int]:
    with sessions.begin() as session:
        row = conversations.open_conversation(session, sender_id="a", channel="web", now=NOW)
        session.flush()
        found = handovers.request(session, conversation_id=row.id, reason="asked", now=NOW)
    return row.id, found.id


def test_asking_twice_waits_once(sessions: Sessions) -> None:
    _, first = _request(sessions)
    _, second = _request(sessions)
    assert first == second
    with sessions() as session:
        assert len(handovers.waiting(session)) == 1


def test_of_eight_operators_exactly_one_gets_the_caller(sessions: Sessions) -> None:
    _, number = _request(sessions)

    def claim(name: str) -> bool:
        try:
            with sessions.begin() as session:
                handovers.claim(session, number, operator=name, now=NOW)
        except handovers.HandoverNotFoundError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(claim, [f"坐席{n}" for n in range(8)]))
    assert sum(won) == 1
    with sessions() as session:
        [row] = handovers.waiting(session)
        assert row.operator == f"坐席{won.index(True)}"


def test_a_closed_handover_is_no_longer_open_and_can_be_asked_for_anew(sessions: Sessions) -> None:
    conversation, number = _request(sessions)
    with sessions.begin() as session:
        handovers.close(session, number, by="张敏", now=NOW)
        assert handovers.open_handover(session, conversation) is None
        with pytest.raises(handovers.HandoverNotFoundError):
            handovers.close(session, number, by="张敏", now=NOW)
    _, again = _request(sessions)
    assert again != number
