"""Why a benefit isn't for this person, said kindly."""

from collections.abc import Iterable

from care.entitlements import phrase
from care.entitlements.answer import Answer
from care.entitlements.context import Context, cited, facts_named
from care.entitlements.decide import Decision, Finding


def say_excluded(decision: Decision, context: Context) -> Answer:
    """The condition that isn't met, and whose word it is."""
    nearest = nearest_excluded(decision.excluded)
    rule, words = nearest.rule, context.words
    document = context.documents[rule.source.document]
    if _not_elder(nearest):
        text = words.fill("excluded.not_elder", region=rule.region, gift=rule.name)
    elif too_young(nearest, decision):
        text = words.fill("excluded.too_young", given=phrase.given(rule, words))
    else:
        facts = facts_named(nearest.facts, words)
        fields = {"region": rule.region, "condition": rule.condition, "gift": rule.name}
        text = words.fill("excluded.unmet", facts=facts, **fields)
    close = words.fill("excluded.close", source=phrase.source(rule, document, words))
    return cited((text, close), [rule], context, False)


def nearest_excluded(excluded: Iterable[Finding]) -> Finding:
    """The rule that fails on the fewest facts; of several the one that starts soonest."""
    return min(excluded, key=lambda f: (len(f.facts), f.rule.rank, f.rule.starts_at))


def too_young(finding: Finding, decision: Decision) -> bool:
    """Whether only the years are missing until it holds."""
    age = decision.profile.age
    return finding.facts == {"age"} and age is not None and age < finding.rule.starts_at


def _not_elder(finding: Finding) -> bool:
    """Whether the age alone rules it out, and the rule names no age: it is for old people."""
    return finding.facts == {"age"} and not finding.rule.who.ages()
