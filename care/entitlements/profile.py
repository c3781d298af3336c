"""What is known of the person a question is about. None means: not known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

Fact = Literal["region", "age", "residence", "pension", "category", "ability", "hukou"]
FACTS: tuple[Fact, ...] = get_args(Fact)

Hukou = Literal["local", "nonlocal"]
Residence = Literal["rural", "urban"]
Pension = Literal["none", "has"]
Category = Literal[
    "低保",
    "低保边缘",
    "特困",
    "分散供养特困",
    "贫困",
    "计生特殊家庭",
    "孤寡",
    "独居",
    "空巢",
    "留守",
    "农牧民进城",
]
Ability = Literal["自理", "半失能", "失能", "重度失能", "失智", "残疾"]

ELDER_FROM = 60
"""Years; who counts as an old person (law on the protection of older people, article 2)."""


@dataclass(frozen=True)
class Profile:
    """One person, as far as the conversation knows them."""

    region: str | None = None
    """Canonical name in `data/regions.yml`, or the name of a place that isn't in it."""
    age: int | None = None
    """Full years."""
    hukou: str | None = None
    """local or nonlocal, seen from the region asked about."""
    residence: str | None = None
    """rural or urban household registration."""
    pension: str | None = None
    """Basic pension: none or has."""
    categories: frozenset[str] = frozenset()
    """Household categories that the person belongs to."""
    denied_categories: frozenset[str] = frozenset()
    """Household categories that the person said not to belong to."""
    ability: str | None = None
    asked: frozenset[Fact] = frozenset()
    """Facts that were asked for already; they are not asked again, answered or not."""


OFFERED = ("低保", "低保边缘", "特困", "孤寡", "计生特殊家庭")
"""The categories that the question for the category names."""


def with_categories(
    profile: Profile, said: Iterable[str], offered: Iterable[str] = OFFERED
) -> Profile:
    """The profile after the category question: of those offered, the ones not said are denied."""
    categories = profile.categories | frozenset(said)
    return replace(
        profile,
        categories=categories,
        denied_categories=(profile.denied_categories | frozenset(offered)) - categories,
        asked=profile.asked | {"category"},
    )
