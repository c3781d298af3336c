"""Does a rule hold for a person? Yes, no, or open until certain facts are known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from care.entitlements.household import ability_of, categories_of
from care.entitlements.profile import ELDER_FROM, Fact, Profile
from care.entitlements.rule import AgeRange, Condition, Rule

Within = Callable[[str, str], bool]
"""Whether the first region is the second or lies in it; False when either is unknown."""

Place = Literal["here", "wider", "unknown", "elsewhere"]
"""Where a person is, seen from a rule: wider means that the region told contains the rule's."""


@dataclass(frozen=True)
class Verdict:
    """`holds` None: still open, and `facts` are missing. False: `facts` are unmet."""

    holds: bool | None
    facts: frozenset[Fact] = frozenset()


def place_of(rule: Rule, region: str | None, within: Within) -> Place:
    """Where the region that a person told lies, seen from the rule's."""
    if region is None:
        return "unknown"
    if region == rule.region or within(region, rule.region):
        return "here"
    return "wider" if within(rule.region, region) else "elsewhere"


def verdict(rule: Rule, profile: Profile) -> Verdict:
    """Whether the rule's conditions hold, the region left aside."""
    young = rule.recipient == "elder" and profile.age is not None and profile.age < ELDER_FROM
    elder = Verdict(not young, frozenset({"age"}) if young else frozenset())
    return _all([elder, _holds(rule.who, profile)])


def _holds(condition: Condition, profile: Profile) -> Verdict:
    parts: list[Verdict] = []
    if condition.age is not None:
        parts.append(_single("age", _in_range(condition.age, profile.age)))
    for fact, wanted, known in (
        ("hukou", condition.hukou, profile.hukou),
        ("residence", condition.residence, profile.residence),
        ("pension", condition.pension, profile.pension),
    ):
        if wanted is not None:
            parts.append(_single(fact, None if known is None else known == wanted))  # type: ignore[arg-type]
    if condition.household:
        parts.append(_single("category", categories_of(profile).any_of(condition.household)))
    if condition.ability:
        parts.append(_single("ability", ability_of(profile).any_of(condition.ability)))
    if condition.any_of:
        parts.append(_any([_holds(option, profile) for option in condition.any_of]))
    return _all(parts)


def _in_range(wanted: AgeRange, age: int | None) -> bool | None:
    if age is None:
        return None
    return (wanted.min is None or wanted.min <= age) and (wanted.max is None or age <= wanted.max)


def _single(fact: Fact, holds: bool | None) -> Verdict:
    return Verdict(holds, frozenset() if holds else frozenset({fact}))


def _all(parts: Iterable[Verdict]) -> Verdict:
    every = list(parts)
    for state in (False, None):  # one that fails decides; then one that is open
        if facts := [part.facts for part in every if part.holds is state]:
            return Verdict(state, frozenset().union(*facts))
    return Verdict(True)


def _any(options: Iterable[Verdict]) -> Verdict:
    every = list(options)
    if any(option.holds for option in every):
        return Verdict(True)
    state = None if any(option.holds is None for option in every) else False
    facts = [option.facts for option in every if option.holds is state]
    return Verdict(state, frozenset().union(*facts))
