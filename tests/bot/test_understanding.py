"""What the dialogue engine understood is kept beside the utterance, and nobody waits for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException
from hypothesis import given
from sqlalchemy import select

from bot.conversation import Conversation, Incoming
from bot.dialogue import Dialogue
from bot.understanding import Understandings, read_tracker
from care.clock import Clock
from care.conversations.model import Understanding, Utterance
from care.settings import Settings
from care.storage.engine import Sessions
from hotline.app import build_parts
from tests.any_json import any_json
from tests.conftest import NOW
from tests.serving import serving


@dataclass
class Rasa:
    """Answers everything, and tells of the tracker what it was told to."""

    heard: str = ""
    tracker: dict[str, Any] = field(default_factory=dict)
    broken: bool = False

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/webhooks/rest/webhook")
        def webhook(message: dict[str, str]) -> list[dict[str, str]]:
            self.heard = message["message"]
            return [{"text": "好,几份?"}]

        @app.get("/conversations/{_dialogue_id}/tracker")
        def tracker(_dialogue_id: str, include_events: str) -> dict[str, Any]:
            if self.broken:
                raise HTTPException(500)
            assert include_events == "NONE"  # or the whole past would come along each time
            latest = {"text": self.heard, "intent": {"name": "order_meal", "confidence": 0.93}}
            return {"latest_message": latest, "slots": {"meal": "午餐", "count": 2}, **self.tracker}

        return app


@dataclass
class Setting:
    rasa: Rasa
    conversation: Conversation
    understandings: Understandings
    sessions: Sessions

    def say(self, text: str) -> None:
        """An elder says it."""
        self.conversation.handle(Incoming("web-1", text))

    def kept(self) -> list[tuple[str, str, float, dict[str, str]]]:
        """What was kept, once nothing is asked for any more: text, intent, confidence, slots."""
        self.understandings.close()
        with self.sessions() as session:
            rows = session.execute(
                select(Utterance.text, Understanding).join(
                    Understanding, Understanding.utterance_id == Utterance.id
                )
            ).all()
        return [(text, row.intent, row.confidence, row.slots) for text, row in rows]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    """A conversation with all data, for other databases to be put under it."""
    database = tmp_path_factory.mktemp("made") / "hotline.db"
    return build_parts(Settings(database_url=f"sqlite:///{database}")).conversation


@pytest.fixture
def setting(embedded: Sessions, made: Conversation) -> Iterator[Setting]:
    rasa = Rasa()
    clock: Clock = lambda: NOW  # noqa: E731
    with serving(rasa.app()) as address:
        dialogue = Dialogue(address, 3)
        understandings = Understandings(embedded, dialogue, clock)
        conversation = replace(
            made,
            sessions=embedded,
            dialogue=dialogue,
            emergency=replace(made.emergency, sessions=embedded),
            clock=clock,
            understandings=understandings,
            errands=(),  # they keep to the database that they were made with
        )
        yield Setting(rasa, conversation, understandings, embedded)
        dialogue.close()


def test_intent_confidence_and_slots_stand_beside_the_utterance(setting: Setting) -> None:
    setting.say("我要订午饭")
    [(text, intent, confidence, slots)] = setting.kept()
    assert (text, intent) == ("我要订午饭", "order_meal")
    assert confidence == pytest.approx(0.93)
    assert slots == {"meal": "午餐", "count": "2"}


def test_what_never_reached_the_dialogue_was_not_understood(setting: Setting) -> None:
    setting.say("转人工")
    setting.say("救命,我摔倒了")
    assert setting.kept() == []


def test_a_tracker_that_is_further_on_tells_nothing_of_this_utterance(setting: Setting) -> None:
    setting.rasa.tracker = {"latest_message": {"text": "另一句", "intent": {"name": "greet"}}}
    setting.say("我要订饭")
    assert setting.kept() == []


def test_a_dialogue_that_tells_nothing_costs_nothing(setting: Setting) -> None:
    setting.rasa.broken = True
    setting.say("我要订饭")
    assert setting.kept() == []


def test_only_what_is_plain_is_written(setting: Setting) -> None:
    setting.rasa.tracker = {
        "slots": {
            "categories": ["低保", "独居"],
            "order_draft": {"phone": "13800000001"},
            "confirmed": True,
            "age": None,
            "place": "东" * 500,
        }
    }
    setting.say("我要订饭")
    [(_, _, _, slots)] = setting.kept()
    assert slots == {"categories": "低保、独居", "place": "东" * 200}


@given(any_json(["latest_message", "intent", "name", "confidence", "slots", "text"]))
def test_any_answer_is_read_or_left(body: object) -> None:
    found = read_tracker(body)
    if found is not None:
        assert found.intent
        assert 0 <= found.confidence <= 1
        assert all(found.slots.values())
