"""What is said to an operator is kept and understood, and no dialogue is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given
from sqlalchemy import select

from bot.conversation import Conversation, Incoming
from bot.dialogue import Dialogue
from bot.emergency.response import EmergencyResponse
from bot.prompts import load_prompts
from bot.understanding import Understandings
from bot.understood import read_parse
from care.alarms import service as alarms
from care.conversations.model import Understanding, Utterance
from care.conversations.service import last_known, open_conversation, record
from care.data_files import DATA
from care.language.extractor import Extractor
from care.storage.engine import Sessions
from tests.any_json import any_json
from tests.bot.emergency.loaded import detector, script
from tests.conftest import NOW
from tests.serving import serving


@dataclass
class Rasa:
    """Says what an utterance means, and nothing else."""

    parsed: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/model/parse")
        def parse(body: dict[str, str]) -> dict[str, Any]:
            self.asked.append(body["text"])
            return {"text": body["text"], **self.parsed}

        return app


@dataclass
class Setting:
    rasa: Rasa
    conversation: Conversation
    understandings: Understandings

    def overhear(self, text: str) -> None:
        """Said, and what it means is there."""
        self.conversation.overhear(Incoming("tel:13800000001", text, channel="phone"))
        self.understandings.close()


@pytest.fixture
def setting(embedded: Sessions) -> Iterator[Setting]:
    rasa = Rasa()
    with serving(rasa.app()) as address:
        dialogue = Dialogue(address, 3)
        understandings = Understandings(embedded, dialogue, lambda: NOW)
        emergency = EmergencyResponse(embedded, detector(), Extractor.load(DATA), script())
        conversation = Conversation(
            embedded, dialogue, emergency, load_prompts(DATA), lambda: NOW, understandings
        )
        yield Setting(rasa, conversation, understandings)
        dialogue.close()


def test_words_to_an_operator_are_kept_with_what_they_mean(
    setting: Setting, embedded: Sessions
) -> None:
    setting.rasa.parsed = {
        "intent": {"name": "order_meal", "confidence": 0.9},
        "entities": [
            {"entity": "date", "value": "后天"},
            {"entity": "time", "value": "中午十二点"},
            {"entity": "meal", "value": "午餐"},
            {"entity": "address", "value": "东关小区3号楼"},
        ],
    }
    setting.overhear("后天中午十二点送到东关小区3号楼")
    with embedded() as session:
        [said] = session.scalars(select(Utterance)).all()
        [understood] = session.scalars(select(Understanding)).all()
    assert (said.speaker, understood.utterance_id) == ("elder", said.id)
    assert understood.slots == {
        "on_date": "2026-11-23",
        "at_time": "12:00",
        "meal": "午餐",
        "place": "东关小区3号楼",
    }


def test_what_was_known_stays(setting: Setting, embedded: Sessions) -> None:
    with embedded.begin() as session:
        row = open_conversation(session, sender_id="tel:13800000001", channel="phone", now=NOW)
        session.flush()
        said = record(session, conversation=row, speaker="elder", text="我八十三", now=NOW)
        session.flush()
        known = {"conversation_id": row.id, "intent": "inform", "confidence": 1.0, "at": NOW}
        session.add(Understanding(utterance_id=said.id, slots={"age": "83"}, **known))
    setting.rasa.parsed = {
        "intent": {"name": "inform", "confidence": 0.9},
        "entities": [{"entity": "meal", "value": "午餐"}],
    }
    setting.overhear("午饭")
    with embedded() as session:
        assert last_known(session, row.id) == {"age": "83", "meal": "午餐"}


def test_mumbling_is_kept_and_not_asked_about(setting: Setting, embedded: Sessions) -> None:
    setting.overhear("……")
    assert setting.rasa.asked == []
    with embedded() as session:
        assert session.scalars(select(Utterance.text)).all() == ["……"]


def test_an_emergency_raises_its_alarm(setting: Setting, embedded: Sessions) -> None:
    setting.overhear("我家老伴摔倒了起不来")
    with embedded() as session:
        [alarm] = alarms.open_alarms(session)
        speakers = session.scalars(select(Utterance.speaker)).all()
    assert alarm.category == "fall"
    assert speakers == ["elder"], "nobody answers"


@given(any_json(["intent", "name", "confidence", "entities", "entity", "value"]))
def test_any_answer_is_read_or_left(body: object) -> None:
    found = read_parse(body, {"age": "83"}, NOW.date())
    if found is not None:
        assert found.intent
        assert 0 <= found.confidence <= 1
        assert found.slots["age"]
