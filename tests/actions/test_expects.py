"""What the dialogue tells of the question that it asks."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.outcome import Spoken, line, utter
from actions.turn import read_turn


def _tracker(events: list[dict[str, Any]]) -> Tracker:
    return Tracker("c1-1-0", {}, {"text": "好"}, events, False, None, {}, "action_listen")


def test_the_slot_that_is_asked_for_is_told_beside_the_words() -> None:
    dispatcher = CollectingDispatcher()
    utter(dispatcher, Spoken((line("utter_unclear"),)), "on_date")
    assert [message["custom"] for message in dispatcher.messages if message["custom"]] == [
        {"expects": "on_date"}
    ]


def test_nothing_is_told_when_nothing_is_asked() -> None:
    dispatcher = CollectingDispatcher()
    utter(dispatcher, Spoken((line("utter_stopped"),)), None)
    assert not any(message["custom"] for message in dispatcher.messages)


def test_what_was_cited_is_still_known_when_a_question_follows() -> None:
    said: list[dict[str, Any]] = [
        {"event": "bot", "text": "每月一百元。", "data": {}},
        {"event": "bot", "text": None, "data": {"custom": {"cites": ["card:a"], "sources": ["b"]}}},
        {"event": "bot", "text": None, "data": {"custom": {"expects": "on_date"}}},
        {"event": "user", "text": "再说一遍"},
    ]
    [told] = read_turn(_tracker(said)).last_said
    assert (told.cites, told.sources) == (("card:a",), ("b",))
