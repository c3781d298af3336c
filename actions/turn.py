"""What one user turn looks like to an action: a value read off Rasa's tracker."""

import re
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker

from actions.outcome import Line

_LEAD = r"^(那|嗯|啊|哦|我|我们?|俺)?"
_NO = re.compile(
    _LEAD + r"(都|啥|什么)?(也|都)?(没有?|不是|不|无|没啥|不用|不要|不领|没领)"
    r"(啊|呀|的|了|忌口|什么|啥|讲究|低保|那些|这些|领|都)*$"
)
_YES = re.compile(_LEAD + r"(都|是|有|对|能|领|嗯|行|好)(着|啊|呀|的|了|呢|能|自理|自己|来|有)*$")
_EDGE = " ,.!?"

SURE = 0.5
"""Confidence from which an intent may interrupt a form."""


@dataclass(frozen=True)
class Mention:
    """An entity of the utterance."""

    kind: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Turn:
    """The utterance, what was understood, and where the dialogue stands."""

    dialogue_id: str
    text: str
    intent: str
    confidence: float
    mentions: tuple[Mention, ...]
    requested: str | None
    """The slot that the form asked for."""
    slots: dict[str, Any]
    last_said: tuple[Line, ...] = ()
    """What the assistant said in the turn before."""

    def first(self, kind: str) -> str | None:
        """The first value of this kind that was mentioned."""
        return next((m.value for m in self.mentions if m.kind == kind), None)

    def all(self, kind: str) -> tuple[str, ...]:
        """Every value of this kind that was mentioned."""
        return tuple(m.value for m in self.mentions if m.kind == kind)

    def without(self, kind: str) -> str:
        """The text without the words that name this kind."""
        text = self.text
        for mention in sorted(self.mentions, key=lambda m: -m.start):
            if mention.kind == kind:
                text = text[: mention.start] + text[mention.end :]
        return text

    @property
    def says_no(self) -> bool:
        """A plain no: 没有, 都不是, 不用了."""
        return self.intent == "deny" or bool(_NO.match(self.text.strip(_EDGE)))

    @property
    def says_yes(self) -> bool:
        """A plain yes: 有, 是的, 领着呢."""
        return self.intent == "affirm" or bool(_YES.match(self.text.strip(_EDGE)))

    @property
    def agrees(self) -> bool:
        """A yes that is sure enough to act on."""
        return self.intent == "affirm" and self.confidence >= SURE

    @property
    def is_new(self) -> bool:
        """The form is being started by this turn: it hasn't asked for anything yet."""
        return self.requested is None


def read_turn(tracker: Tracker) -> Turn:
    """The tracker's latest user turn."""
    message = tracker.latest_message or {}
    intent = message.get("intent") or {}
    return Turn(
        dialogue_id=tracker.sender_id,
        text=message.get("text") or "",
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        mentions=tuple(
            Mention(entity["entity"], str(entity["value"]), entity["start"], entity["end"])
            for entity in message.get("entities", ())
        ),
        requested=tracker.get_slot("requested_slot"),
        slots=dict(tracker.slots),
        last_said=_last_said(tracker.events),
    )


def _last_said(events: list[dict[str, Any]]) -> tuple[Line, ...]:
    turns: list[list[Line]] = [[]]
    for event in events:
        if event.get("event") == "user":
            turns.append([])
        elif event.get("event") == "bot" and event.get("text"):
            turns[-1].append(Line(text=event["text"]))
        elif event.get("event") == "bot" and turns[-1]:
            custom = (event.get("data") or {}).get("custom") or {}
            if custom.get("cites"):  # what the conversation is told of wishes cites nothing
                cites, sources = tuple(custom["cites"]), tuple(custom.get("sources", ()))
                turns[-1][-1] = replace(turns[-1][-1], cites=cites, sources=sources)
    return tuple(turns[-2]) if len(turns) > 1 else ()
