"""Conversations: one a sender, fresh after silence, and every utterance in its order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.storage.engine import Sessions
from tests.conftest import NOW

SECOND = timedelta(seconds=1)


def _open(sessions: Sessions, sender: str = "web-1", now: datetime = NOW) -> Conversation:
    with sessions.begin() as session:
        return conversations.open_conversation(session, sender_id=sender, channel="web", now=now)


def test_a_sender_keeps_the_conversation(sessions: Sessions) -> None:
    first, again = _open(sessions), _open(sessions, now=NOW + SECOND)
    assert again.id == first.id
    assert again.dialogue_id == first.dialogue_id
    assert again.started_at == NOW
    assert again.last_at == NOW + SECOND


def test_another_sender_has_another(sessions: Sessions) -> None:
    assert _open(sessions, "web-1").id != _open(sessions, "web-2").id


@pytest.mark.parametrize(
    ("silence", "fresh"),
    [(timedelta(minutes=30), False), (timedelta(minutes=30) + SECOND, True), (SECOND, False)],
)
def test_after_half_an_hour_of_silence_the_dialogue_is_fresh(
    sessions: Sessions, silence: timedelta, fresh: bool
) -> None:
    first = _open(sessions)
    with sessions.begin() as session:
        conversations.set_pending(session, first.id, "person")
    again = _open(sessions, now=NOW + silence)
    assert again.id == first.id
    assert (again.dialogue_id != first.dialogue_id) is fresh
    assert again.pending == (None if fresh else "person")


def test_the_silence_counts_from_the_last_utterance(sessions: Sessions) -> None:
    first = _open(sessions)
    for minutes in (20, 40, 60):
        again = _open(sessions, now=NOW + timedelta(minutes=minutes))
    assert again.dialogue_id == first.dialogue_id


def test_two_first_utterances_at_once_make_one_conversation(sessions: Sessions) -> None:
    callers = 4
    together = Barrier(callers)

    def speak(number: int) -> int:
        together.wait(30)
        with sessions.begin() as session:
            row = conversations.open_conversation(
                session, sender_id="web-1", channel="web", now=NOW
            )
            session.flush()
            conversations.record(
                session, conversation=row, speaker="elder", text=f"第{number}句", now=NOW
            )
            return row.id

    with ThreadPoolExecutor(callers) as pool:
        ids = set(pool.map(speak, range(callers)))
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Conversation)) == 1
        said = {utterance.text for utterance in conversations.transcript(session, ids.pop())}
    assert ids == set()
    assert said == {f"第{number}句" for number in range(callers)}


def test_everything_said_is_kept_in_its_order(sessions: Sessions) -> None:
    row = _open(sessions)
    other = _open(sessions, "web-2")
    said = [("elder", "你好"), ("assistant", "您好。"), ("elder", "我想订饭")]
    with sessions.begin() as session:
        for speaker, text in said:
            conversations.record(session, conversation=row, speaker=speaker, text=text, now=NOW)
        conversations.record(session, conversation=other, speaker="elder", text="喂", now=NOW)
    with sessions() as session:
        found = conversations.transcript(session, row.id)
        assert [(utterance.speaker, utterance.text) for utterance in found] == said
        assert conversations.last_said(session, row.id, speaker="elder") == "我想订饭"
        assert conversations.last_said(session, row.id, speaker="assistant") == "您好。"
        assert conversations.last_said(session, row.id, speaker="operator") is None


def test_the_dialogue_leads_back_to_its_conversation(sessions: Sessions) -> None:
    row = _open(sessions)
    with sessions() as session:
        found = conversations.by_dialogue_id(session, row.dialogue_id)
        assert found is not None
        assert found.id == row.id


@pytest.mark.parametrize("dialogue_id", ["", "c", "c999-1", "default", "c-1", "1x"])
def test_an_unknown_dialogue_leads_nowhere(embedded: Sessions, dialogue_id: str) -> None:
    _open(embedded)
    with embedded() as session:
        assert conversations.by_dialogue_id(session, dialogue_id) is None


def test_the_dialogue_engine_does_not_learn_who_speaks(embedded: Sessions) -> None:
    assert "13800000001" not in _open(embedded, "13800000001").dialogue_id
