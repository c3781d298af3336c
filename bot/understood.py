"""What the dialogue engine makes of one utterance."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from care.language.dates import resolve_date
from care.language.times import resolve_time

_PLAIN = {
    "region": "region",
    "age": "age",
    "hukou": "hukou",
    "residence": "residence",
    "pension": "pension",
    "ability": "ability",
    "benefit": "benefit",
    "name": "person_name",
    "phone": "phone",
    "address": "place",
    "meal": "meal",
    "count": "count",
    "diet": "diet",
    "service": "service",
    "order_ref": "order_ref",
}
"""Slots by the kind of entity that tells them as it is."""


@dataclass(frozen=True)
class Understood:
    """Where the dialogue stands after an utterance."""

    text: str
    """What the dialogue engine was told last."""
    intent: str
    confidence: float
    """0 to 1."""
    slots: dict[str, str]
    """What it holds, in writing; nothing that is a structure of its own."""


def read_parse(parsed: Any, before: dict[str, str], today: date) -> Understood | None:
    """Of something that wasn't said to the dialogue, from Rasa's `/model/parse`; None when it tells
    no intent. `before` are the slots that were
    known; what is new comes to them."""
    if not isinstance(parsed, dict) or not isinstance(parsed.get("intent"), dict):
        return None
    intent, entities = parsed["intent"], parsed.get("entities")
    if not intent.get("name"):
        return None
    slots = dict(before)
    told = entities if isinstance(entities, list) else []
    for entity in (each for each in told if isinstance(each, dict)):
        kind, value = str(entity.get("entity")), str(entity.get("value") or "")
        if kind in _PLAIN and value:
            slots[_PLAIN[kind]] = value
        elif kind == "date" and (on := resolve_date(value, today)) is not None:
            slots["on_date"] = on.isoformat()
        elif kind == "time" and (at := resolve_time(value)) is not None:
            slots["at_time"] = at.strftime("%H:%M")
    return Understood(
        text=str(parsed.get("text") or ""),
        intent=str(intent["name"]),
        confidence=share(intent.get("confidence")),
        slots=slots,
    )


def share(value: Any) -> float:
    """A confidence as it was told: 0 to 1, and 0 for what is none."""
    return min(max(0.0, float(value)), 1.0) if isinstance(value, int | float) else 0.0
