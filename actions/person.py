"""What the conversation knows of the person, between Rasa's slots and the domain's profile."""

from typing import Any

from actions.turn import Turn
from care.entitlements.profile import Profile

REMEMBERED = {
    "region": "region",
    "age": "age",
    "hukou": "hukou",
    "residence": "residence",
    "pension": "pension",
    "ability": "ability",
}
"""Entity kinds that are kept for the whole conversation, and their slots."""

OFFERED_CATEGORIES = {"低保", "低保边缘", "特困", "孤寡", "计生特殊家庭"}
"""The households that the question names (questions.category in data/entitlements/wording.yml)."""


def profile_of(slots: dict[str, Any]) -> Profile:
    """The profile out of the slots."""
    age = slots.get("age")
    return Profile(
        region=slots.get("region"),
        age=int(age) if age is not None else None,
        hukou=slots.get("hukou"),
        residence=slots.get("residence"),
        pension=slots.get("pension"),
        categories=frozenset(slots.get("categories") or ()),
        denied_categories=frozenset(slots.get("denied_categories") or ()),
        ability=slots.get("ability"),
        asked=frozenset(slots.get("asked_facts") or ()),
    )


def remembered(turn: Turn) -> dict[str, Any]:
    """The slots that this utterance fills, whatever it is about."""
    found: dict[str, Any] = {
        slot: turn.first(kind) for kind, slot in REMEMBERED.items() if turn.first(kind)
    }
    said = turn.all("category")
    if said:
        known = list(turn.slots.get("categories") or ())
        found["categories"] = sorted({*known, *said})
    return found
