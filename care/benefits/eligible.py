"""What the rules find for one person: sure, or with one fact to be checked."""

from collections.abc import Iterable
from dataclasses import dataclass

from care.entitlements.condition import place_of, verdict
from care.entitlements.decide import decide
from care.entitlements.load import Entitlements
from care.entitlements.profile import Profile
from care.entitlements.rule import Condition, Rule

OFFICE = "office"
"""Missing is what only the office can look up (`Rule.check`)."""
_NUMBERED = 1
"""The last `Rule.rank` that has a published number."""


@dataclass(frozen=True)
class Eligible:
    """One rule for one person, the best of its benefit."""

    rule: Rule
    missing: str | None = None
    """The one fact that isn't known (`profile.Fact`), or OFFICE; None: it is sure."""


def is_looked_for(rule: Rule) -> bool:
    """Whether anybody is told of it unasked.

    Not what is only planned, what goes to the family, what an answer names only when asked, nor
    what everybody may have: there is nobody to find for it.
    """
    return (
        rule.status != "plan"
        and rule.recipient == "elder"
        and rule.listed
        and rule.who != Condition()
    )


def eligible(
    entitlements: Entitlements, profile: Profile, rules: Iterable[Rule] | None = None
) -> tuple[Eligible, ...]:
    """At most one for each benefit; pure. `rules` None: all of them.

    What is sure comes before what is to be checked. A check is only worth somebody's time where
    the amount is published: the rest would put every elder with a thin record on the list.
    """
    if profile.region is None:
        return ()
    every = entitlements.rules if rules is None else rules
    decision = decide(every, profile, within=entitlements.within)
    best: dict[str, Eligible] = {}
    for finding in (*decision.entitled, *decision.possible):
        rule = finding.rule
        if not is_looked_for(rule):
            continue
        found = _found(rule, profile, entitlements)
        if found is not None and _is_better(found, best.get(rule.benefit)):
            best[rule.benefit] = found
    return tuple(best.values())


def _found(rule: Rule, profile: Profile, entitlements: Entitlements) -> Eligible | None:
    missing: set[str] = set(verdict(rule, profile).facts)
    if place_of(rule, profile.region, entitlements.within) != "here":
        missing.add("region")
    if rule.check:
        missing.add(OFFICE)
    if not missing:
        return Eligible(rule)
    worth_checking = len(missing) == 1 and (rule.rank <= _NUMBERED or rule.check is not None)
    return Eligible(rule, missing.pop()) if worth_checking else None


def _is_better(found: Eligible, before: Eligible | None) -> bool:
    return before is None or (found.missing is None and before.missing is not None)
