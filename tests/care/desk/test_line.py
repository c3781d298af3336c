"""Calls that other processes have."""

from datetime import timedelta

from care.calls import service as calls
from care.calls.kind import Direction
from care.calls.service import NewCall
from care.conversations.service import open_conversation
from care.desk.line import elsewhere
from care.storage.engine import Sessions
from tests.conftest import NOW

HERE, THERE, FAR = (f"http://10.0.0.{number}:8000" for number in (5, 6, 7))


def rings(
    sessions: Sessions, peer: str | None, number: str, *, known: bool = True, over: bool = False
) -> int:
    """A call; the number of its conversation, which the record may not know yet."""
    with sessions.begin() as session:
        row = open_conversation(session, sender_id=f"tel:{number}", channel="phone", now=NOW)
        session.flush()
        new = NewCall("leg", Direction.IN, "sip", number, "12349", "process", peer)
        call = calls.begin(session, new, NOW)
        if known:
            calls.belongs(session, call.id, conversation_id=row.id)
        if over:
            calls.end(session, call.id, "they hung up", NOW)
        return row.id


def test_calls_of_others_that_go_on_are_known_with_where_to_reach_them(sessions: Sessions) -> None:
    theirs = rings(sessions, THERE, "13800000001")
    rings(sessions, HERE, "13800000002")
    rings(sessions, None, "13800000003")
    rings(sessions, THERE, "13800000004", known=False)
    rings(sessions, THERE, "13800000005", over=True)
    moved = rings(sessions, THERE, "13800000006")
    rings(sessions, FAR, "13800000006")
    with sessions() as session:
        assert elsewhere(session, HERE, NOW) == {theirs: THERE, moved: FAR}
        assert elsewhere(session, HERE, NOW + timedelta(hours=4)) == {}
