"""What the dialogue tells of the question that it asks."""

from typing import Any

import pytest
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


@pytest.mark.parametrize(
    ("spoken", "expects", "settled"),
    [
        (Spoken((line("utter_cancelled"),)), None, True),
        (Spoken((line("utter_unclear"),)), "on_date", False),
        (Spoken((line("utter_not_found"),), offers="person"), None, False),
        (Spoken((line("utter_ask_human"),), handover="asked"), None, False),
        (Spoken(follow="meal_form"), None, False),
    ],
)
def test_what_is_settled_is_told_unless_something_is_left_open(
    spoken: Spoken, expects: str | None, *, settled: bool
) -> None:
    dispatcher = CollectingDispatcher()
    utter(dispatcher, spoken, expects, settled=True)
    told = [message["custom"] for message in dispatcher.messages if message["custom"]]
    assert any("settled" in each for each in told) is settled


def test_what_was_cited_is_still_known_when_a_question_follows() -> None:
    said: list[dict[str, Any]] = [
        {"event": "bot", "text": "每月一百元。", "data": {}},
        {"event": "bot", "text": None, "data": {"custom": {"cites": ["card:a"], "sources": ["b"]}}},
        {"event": "bot", "text": None, "data": {"custom": {"expects": "on_date"}}},
        {"event": "user", "text": "再说一遍"},
    ]
    [told] = read_turn(_tracker(said)).last_said
    assert (told.cites, told.sources) == (("card:a",), ("b",))
