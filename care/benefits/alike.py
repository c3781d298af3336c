"""Whom the rules can't tell apart: decided once, and exact, since rules look at nothing else.

Of the rules only those count that somebody in the region may be told of, or that may take the place
of one: the others change nothing, as none is ever compared with a rule of another benefit.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from care.benefits.eligible import Eligible, eligible, is_looked_for
from care.entitlements.condition import Place, place_of
from care.entitlements.household import Known, ability_of, categories_of
from care.entitlements.load import Entitlements
from care.entitlements.profile import ELDER_FROM, Profile
from care.entitlements.rule import Condition, Rule

Finder = Callable[[Profile], tuple[Eligible, ...]]


@dataclass(frozen=True)
class _Scope:
    """What counts in one region, and in every other that lies alike."""

    places: tuple[Place, ...]
    """Where the region lies, seen from each rule."""
    rules: tuple[Rule, ...]

    def likeness(self, profile: Profile) -> Hashable:
        """The same for two people: every rule says the same of both."""
        age = None if profile.age is None else bisect_right(self._bounds, profile.age)
        return (
            self.places,
            age,
            *(getattr(profile, fact) if fact in self._facts else None for fact in _SINGLE),
            _told(categories_of(profile), self._households),
            _told(ability_of(profile), self._abilities),
        )

    @cached_property
    def _conditions(self) -> tuple[Condition, ...]:
        return tuple(part for rule in self.rules for part in _parts(rule.who))

    @cached_property
    def _bounds(self) -> list[int]:
        """Ages from which on something may be different."""
        ages = [part.age for part in self._conditions if part.age]
        mins = {age.min for age in ages if age.min is not None}
        return sorted({ELDER_FROM} | mins | {age.max + 1 for age in ages if age.max is not None})

    @cached_property
    def _facts(self) -> frozenset[str]:
        return frozenset(
            fact for fact in _SINGLE for part in self._conditions if getattr(part, fact)
        )

    @cached_property
    def _households(self) -> frozenset[str]:
        return frozenset(name for part in self._conditions for name in part.household)

    @cached_property
    def _abilities(self) -> frozenset[str]:
        return frozenset(name for part in self._conditions for name in part.ability)


_SINGLE = ("hukou", "residence", "pension")
"""Facts that a rule asks for by one value."""


def remembering(entitlements: Entitlements) -> Finder:
    """`eligible`, decided once for all who are alike."""
    scopes: dict[str, _Scope] = {}
    known: dict[Hashable, tuple[Eligible, ...]] = {}

    def find(profile: Profile) -> tuple[Eligible, ...]:
        if profile.region is None:
            return ()
        scope = scopes.get(profile.region)
        if scope is None:
            scope = scopes[profile.region] = _scope(entitlements, profile.region)
        likeness = scope.likeness(profile)
        if likeness not in known:
            known[likeness] = eligible(entitlements, profile, scope.rules)
        return known[likeness]

    return find


def _scope(entitlements: Entitlements, region: str) -> _Scope:
    places = tuple(place_of(rule, region, entitlements.within) for rule in entitlements.rules)
    near = [
        rule for rule, place in zip(entitlements.rules, places, strict=True) if place != "elsewhere"
    ]
    benefits = {rule.benefit for rule in near if is_looked_for(rule)}
    return _Scope(places, tuple(rule for rule in near if rule.benefit in benefits))


def _parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    for option in condition.any_of:
        yield from _parts(option)


def _told(known: Known, asked: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    names = frozenset(asked)
    return known.yes & names, known.no & names
