"""What a form does after one turn, as events for Rasa."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet

from actions.outcome import Spoken


@dataclass(frozen=True)
class Step:
    """Lines to say, slots to set, and what is asked for next."""

    spoken: Spoken
    slots: dict[str, Any] = field(default_factory=dict)
    ask: str | None = None
    """The slot to ask for; None ends the form."""
    then: str | None = None
    """Another form or action to go on with, once this form has ended."""


def events(step: Step) -> list[EventType]:
    """The step in Rasa's terms."""
    slots = {**step.spoken.slots, **step.slots}
    # Rasa lets a form run only if some slot beside requested_slot was touched.
    slots.setdefault("unclear", 0)
    found: list[EventType] = [SlotSet(name, value) for name, value in slots.items()]
    found.append(SlotSet("requested_slot", step.ask))
    if step.ask is None:
        found.append(ActiveLoop(None))
    if step.then:
        found.append(FollowupAction(step.then))
    return found
