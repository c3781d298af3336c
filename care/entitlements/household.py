"""What one household category or one ability says about the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from care.entitlements.profile import Profile

_POOR = frozenset({"贫困"})
_IMPLIED = {
    "低保": _POOR,
    "低保边缘": _POOR,
    "特困": _POOR,
    "分散供养特困": _POOR | {"特困"},
}
# A household is on one of these lists at a time: relief schemes don't overlap.
_RULED_OUT = {
    "低保": frozenset({"低保边缘", "特困", "分散供养特困"}),
    "低保边缘": frozenset({"低保", "特困", "分散供养特困"}),
    "特困": frozenset({"低保", "低保边缘"}),
    "分散供养特困": frozenset({"低保", "低保边缘"}),
}
# 失能 leaves open whether it is 重度; 失智 and 残疾 leave open how much help is needed.
_ABILITY_YES = {"重度失能": frozenset({"重度失能", "失能"})}
_ABILITY_NO = {
    "自理": frozenset({"半失能", "失能", "重度失能", "失智"}),
    "半失能": frozenset({"自理", "失能", "重度失能"}),
    "失能": frozenset({"自理", "半失能"}),
    "重度失能": frozenset({"自理", "半失能"}),
    "失智": frozenset({"自理"}),
}


@dataclass(frozen=True)
class Known:
    """Names that hold for a person and names that don't; the rest is open."""

    yes: frozenset[str]
    no: frozenset[str]

    def any_of(self, wanted: Iterable[str]) -> bool | None:
        """Whether one of the names holds: True, False, or None for open."""
        names = frozenset(wanted)
        if names & self.yes:
            return True
        return False if names <= self.no else None


def categories_of(profile: Profile) -> Known:
    """The household categories, with what they imply and rule out."""
    said = profile.categories
    yes = said.union(*(_IMPLIED.get(name, frozenset()) for name in said))
    no = profile.denied_categories.union(*(_RULED_OUT.get(name, frozenset()) for name in said))
    if "特困" in no:
        no |= {"分散供养特困"}
    return Known(yes, no - yes)


def ability_of(profile: Profile) -> Known:
    """The ability, with what it implies and rules out."""
    if profile.ability is None:
        return Known(frozenset(), frozenset())
    yes = _ABILITY_YES.get(profile.ability, frozenset({profile.ability}))
    return Known(yes, _ABILITY_NO.get(profile.ability, frozenset()))
