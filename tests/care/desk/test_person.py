"""Who is behind a conversation."""

from care.calls import service as calls
from care.calls.kind import Direction
from care.calls.service import NewCall
from care.conversations.service import open_conversation
from care.desk.line import on_the_line
from care.desk.person import people
from care.elders.model import Elder
from care.storage.engine import Sessions
from tests.conftest import NOW

NUMBER = "13800000001"


def test_of_two_who_call_from_one_number_both_can_be_called_back(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.add(Elder(name="王桂兰", phone=NUMBER))
        senders = (f"tel:{NUMBER}", "call:second")
        rows = [
            open_conversation(session, sender_id=sender, channel="phone", now=NOW)
            for sender in senders
        ]
        session.flush()
        for row, leg in zip(rows, ("first", "second"), strict=True):
            new = NewCall(leg, Direction.IN, "sip", f"+86{NUMBER}", "12349", "process", None)
            call = calls.begin(session, new, NOW)
            calls.belongs(session, call.id, conversation_id=row.id)
        session.flush()
        found = people(session, [row.id for row in rows])
        assert [each.phone for each in found.values()] == [NUMBER, NUMBER]
        assert [each.name for each in found.values()] == ["王桂兰", "王桂兰"]
        assert set(senders) <= on_the_line(session, NOW)
