"""Which rules hold for a person, which may, which don't, and what to ask next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from care.entitlements.condition import Verdict, Within, place_of, verdict
from care.entitlements.profile import Fact, Profile
from care.entitlements.rule import Rule

Outcome = Literal["entitled", "open", "excluded", "not_found", "outside"]
"""not_found: no rule of that place speaks of the benefit; outside: no source covers the place."""

ASKED: tuple[Fact, ...] = ("age", "residence", "pension", "category", "ability")
"""In this order, after the region. 户籍 is never asked: the answer names it as a condition, and who
isn't registered there says so. That spares nearly every caller one question."""

ASKED_FOR_LIST: tuple[Fact, ...] = ("age",)
"""For 我能领什么; the rest is told as 还可能有…,要看…."""

_NUMBERED = 1
"""The last `Rule.rank` that has a number."""

_HUKOU: frozenset[Fact] = frozenset({"hukou"})
_REGION: frozenset[Fact] = frozenset({"region"})


@dataclass(frozen=True)
class Finding:
    """A rule, and the facts that it turns on for this person."""

    rule: Rule
    facts: frozenset[Fact] = frozenset()
    """Entitled: conditions to be named with the answer. Possible: missing. Excluded: unmet."""


@dataclass(frozen=True)
class Decision:
    """Each tuple is sorted: what tells most (`Rule.rank`), money before services, by age."""

    benefit: str | None
    """None: everything that the person may receive."""
    profile: Profile
    outcome: Outcome
    entitled: tuple[Finding, ...] = ()
    possible: tuple[Finding, ...] = ()
    excluded: tuple[Finding, ...] = ()
    variants: tuple[Finding, ...] = ()
    """Holds instead of an entitled rule in a part of the region that the person told."""


def decide(
    rules: Iterable[Rule], profile: Profile, benefit: str | None = None, *, within: Within
) -> Decision:
    """What the rules say about one person; pure."""
    near = [rule for rule in rules if place_of(rule, profile.region, within) != "elsewhere"]
    wanted = [rule for rule in near if benefit in (None, rule.benefit)]
    if not near:
        return Decision(benefit, profile, "outside")
    if not wanted:
        return Decision(benefit, profile, "not_found")
    found = [(rule, _verdict(rule, profile, within)) for rule in wanted]
    entitled = _sorted(found, holds=True)
    possible = _sorted(found, holds=None)
    excluded = _sorted(found, holds=False)
    living = (*entitled, *possible)
    variants = tuple(f for f in entitled if _is_variant(f, entitled, profile, within))

    def stays(finding: Finding) -> bool:
        return not _gives_way(finding, entitled, (*living, *excluded), profile, within) and not (
            _is_variant(finding, living, profile, within)
        )

    entitled, possible, excluded = (
        tuple(filter(stays, group)) for group in (entitled, possible, excluded)
    )
    undecided = possible or profile.region is None
    outcome: Outcome = "entitled" if entitled else "open" if undecided else "excluded"
    return Decision(benefit, profile, outcome, entitled, possible, excluded, variants)


def next_question(decision: Decision) -> Fact | None:
    """The fact to ask for now, or None when asking wouldn't change the answer."""
    profile = decision.profile
    if profile.region is None:  # nothing can be said without it
        return "region" if decision.outcome == "open" and "region" not in profile.asked else None
    open_facts = {fact for f in decision.possible if _matters(f, decision) for fact in f.facts}
    order = ASKED if decision.benefit else ASKED_FOR_LIST
    return next((f for f in order if f in open_facts and not _answered(f, profile)), None)


def _answered(fact: Fact, profile: Profile) -> bool:
    # One answer on the ability is all that a caller can give; its degree is for the assessor.
    return fact in profile.asked or (fact == "ability" and profile.ability is not None)


def _matters(finding: Finding, decision: Decision) -> bool:
    """Whether it would be told in the place of what is known to hold.

    A rule without an amount is told with its conditions instead of asking for them: nothing that
    is said would change.
    """
    if finding.rule.rank > _NUMBERED:
        return False
    benefit = finding.rule.benefit
    sure = [f.rule.rank for f in decision.entitled if f.rule.benefit == benefit]
    return not sure or finding.rule.rank < min(sure)


def _verdict(rule: Rule, profile: Profile, within: Within) -> Verdict:
    found = verdict(rule, profile)
    place = place_of(rule, profile.region, within)
    if found.holds is False:
        return found
    facts = found.facts if place == "here" else found.facts | _REGION
    # A region told too broadly is not asked for again: the answer names the rule's own.
    told = _HUKOU | _REGION if place == "wider" else _HUKOU
    if facts <= told:
        return Verdict(True, facts)
    return Verdict(None, facts - told)


def _sorted(found: list[tuple[Rule, Verdict]], *, holds: bool | None) -> tuple[Finding, ...]:
    matching = [Finding(rule, v.facts) for rule, v in found if v.holds is holds]
    return tuple(sorted(matching, key=_order))


def _order(finding: Finding) -> tuple[int, bool, int]:
    rule = finding.rule
    return (rule.rank, rule.what.kind == "service", rule.starts_at)


def _overrides(special: Rule, general: Rule, within: Within) -> bool:
    return (
        special.region != general.region
        and (special.benefit, special.what.kind) == (general.benefit, general.what.kind)
        and within(special.region, general.region)
    )


def _gives_way(
    finding: Finding,
    sure: Iterable[Finding],
    others: Iterable[Finding],
    profile: Profile,
    within: Within,
) -> bool:
    """Whether a rule of the smaller region that the person lives in takes this one's place."""
    certain = set(sure)
    return any(
        _overrides(other.rule, finding.rule, within)
        and place_of(other.rule, profile.region, within) == "here"
        and (other in certain or other.rule.who == finding.rule.who)
        for other in others
    )


def _is_variant(
    finding: Finding, others: Iterable[Finding], profile: Profile, within: Within
) -> bool:
    return place_of(finding.rule, profile.region, within) == "wider" and any(
        _overrides(finding.rule, other.rule, within) for other in others
    )
