"""What the conversation knows of the person, between Rasa's slots and the domain's profile."""

import re
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

PERSONAL: dict[str, Any] = {"pension": None, "ability": None, "asked_facts": None}
"""Facts of one person, forgotten when the talk turns to another."""
_HOUSEHOLD: dict[str, Any] = {"residence": None, "categories": None, "denied_categories": None}
"""Facts that husband and wife share."""
SOMEBODY_ELSE = re.compile(
    r"老伴|爱人|老公|丈夫|媳妇|邻居|隔壁|朋友|亲家|婆婆|公公|丈母|岳|"
    r"[我俺他她咱](们家?)?的?(爸|妈|父|母|爹|娘|哥|姐|弟|妹|儿|女|奶|爷|姥|姨|舅|叔)"
)
"""Whoever says so speaks of another person."""
_ABOUT_SOMEONE = {"ask_entitlement", "ask_my_entitlements", "inform"}
_LIVING = {"rural": re.compile("农村|牧区|乡下|村里"), "urban": re.compile("城里|城镇|城市")}
"""Where somebody lives tells the kind of registration, unless the utterance names it itself."""


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
    # Of several the last counts: 不是阿拉善户口,住在左旗.
    found: dict[str, Any] = {
        slot: turn.all(kind)[-1] for kind, slot in REMEMBERED.items() if turn.first(kind)
    }
    corrects = turn.intent == "correct" and not SOMEBODY_ELSE.search(turn.text)
    if _changes("age", found, turn.slots) and not corrects:
        away = _changes("region", found, turn.slots)
        found = {**PERSONAL, **(_HOUSEHOLD if away else {}), **found}
    if not found.get("residence") and turn.intent in _ABOUT_SOMEONE:
        found |= _place_of_living(turn.text)
    said = turn.all("category")
    if said:
        known = found["categories"] if "categories" in found else turn.slots.get("categories")
        found["categories"] = sorted({*(known or ()), *said})
    return found


def _changes(slot: str, found: dict[str, Any], slots: dict[str, Any]) -> bool:
    """A new age means a new person (那我老伴八十一), in a new region even a new household."""
    return bool(found.get(slot) and slots.get(slot) and found[slot] != str(slots[slot]))


def _place_of_living(text: str) -> dict[str, Any]:
    found = [kind for kind, words in _LIVING.items() if words.search(text)]
    return {"residence": found[0]} if len(found) == 1 else {}
