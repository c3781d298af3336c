"""Entitlement questions of whoever is known: the record answers what needn't be asked, and it is
said what was assumed."""

from dataclasses import replace
from typing import Any

from actions.context import Context
from actions.outcome import Line, line
from actions.person import PERSONAL, SOMEBODY_ELSE, profile_of
from actions.record import Record, meant, records
from actions.turn import Turn
from care.entitlements.profile import Fact, Profile
from care.language.numerals import in_words

_FIELDS: dict[Fact, str] = {
    "region": "region",
    "age": "age",
    "hukou": "hukou",
    "residence": "residence",
    "pension": "pension",
    "category": "categories",
    "ability": "ability",
}
"""The profile's field, and the slot of the same name, for each fact."""
_ORDER: tuple[Fact, ...] = (
    "age", "region", "residence", "hukou", "pension", "category", "ability",
)  # fmt: skip
_SAID = {
    "rural": "农村户口",
    "urban": "城镇户口",
    "local": "本地户口",
    "nonlocal": "外地户口",
    "has": "领着养老金",
    "none": "没有养老金",
    "自理": "能自理",
}


def assume(turn: Turn, context: Context) -> dict[str, Any]:
    """Slots that the record of whoever is meant fills where nothing was said; with `assumed`, the
    facts that are yet to be said aloud. Nothing for whoever isn't known by number or binding.
    """
    found_records = records(turn, context)
    record = _meant(turn, found_records)
    if turn.slots.get("assumed") is not None:
        return _forgotten(turn, found_records) if record is None else {}
    if record is None:
        return {}
    known, said = record.profile, profile_of(turn.slots)
    if said.age not in {None, known.age}:
        return {}  # they speak of somebody of another age
    found: dict[str, Any] = {}
    for fact in _ORDER:
        field = _FIELDS[fact]
        value = getattr(known, field)
        if value and not getattr(said, field):
            found[field] = sorted(value) if fact == "category" else str(value)
    if not found:
        return {}
    return {**found, "assumed": [fact for fact in _ORDER if _FIELDS[fact] in found]}


def _forgotten(turn: Turn, found: list[Record]) -> dict[str, Any]:
    """Of somebody else the record tells nothing."""
    record, said = meant(found, None), profile_of(turn.slots)
    if record is None or turn.first("age") or said.age != record.profile.age:
        return {}
    return {**PERSONAL, "age": None}


def told(
    turn: Turn, slots: dict[str, Any], benefit: str | None, context: Context
) -> tuple[tuple[Line, ...], dict[str, Any]]:
    """What was assumed and decides: 按您八十三岁、住阿拉善左旗算; and what is yet to be said."""
    waiting = list(slots.get("assumed") or ())
    facts = [fact for fact in waiting if _decides(fact, slots, benefit, context)]
    if not facts:
        return (), {}
    record = _meant(turn, records(turn, context))
    whose = "您" if record is None or record.is_self else record.name
    said = "、".join(_say(fact, profile_of(slots)) for fact in facts)
    rest = [fact for fact in waiting if fact not in facts]
    return (line("utter_assumed", whose=whose, facts=said),), {"assumed": rest}


def _meant(turn: Turn, found: list[Record]) -> Record | None:
    named = [each for each in found if each.is_named_in(turn.text)]
    record = meant(named or found, None)
    if record is None or (record.is_self and SOMEBODY_ELSE.search(turn.text)):
        return None
    return record


def _decides(fact: Fact, slots: dict[str, Any], benefit: str | None, context: Context) -> bool:
    """Whether another answer could come of it."""
    profile = profile_of(slots)
    empty: Any = frozenset() if fact == "category" else None
    without = replace(profile, **{_FIELDS[fact]: empty})
    with_it = context.entitlements.decide(profile, benefit)
    without_it = context.entitlements.decide(without, benefit)
    return replace(without_it, profile=profile) != with_it


def _say(fact: Fact, profile: Profile) -> str:
    value = getattr(profile, _FIELDS[fact])
    if fact == "age":
        return f"{in_words(value)}岁"
    if fact == "region":
        return f"住{value}"
    if fact == "category":
        return "、".join(sorted(value))
    return _SAID.get(str(value), str(value))
