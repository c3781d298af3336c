"""What an action leaves for Rasa to go on with."""

import asyncio
from dataclasses import replace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.actions import AnswerAction
from actions.context import Context
from actions.outcome import Spoken, line
from care.storage.engine import Sessions


@pytest.mark.parametrize(
    ("spoken", "next_"),
    [
        (Spoken((line("utter_stopped"),)), "action_listen"),
        (Spoken(follow="order_form"), "order_form"),
    ],
)
def test_an_answer_ends_the_turn_whoever_handed_on_to_it(
    domain: Context, embedded: Sessions, spoken: Spoken, next_: str
) -> None:
    """我订的饭呢 in the middle of a booking: no rule tells Rasa what comes after the answer."""
    action = AnswerAction("action_x", lambda *_: spoken, replace(domain, sessions=embedded))
    tracker = Tracker("c1-1-0", {}, {"text": "好"}, [], False, None, {}, "action_listen")
    events = asyncio.run(action.run(CollectingDispatcher(), tracker, {}))
    assert events[-1] == FollowupAction(next_)
