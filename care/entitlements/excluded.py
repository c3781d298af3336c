"""Why a benefit isn't for this person, said kindly."""

import re
from collections.abc import Iterable

from care.entitlements import phrase
from care.entitlements.answer import Answer
from care.entitlements.context import Context, cited, facts_named
from care.entitlements.decide import Decision, Finding
from care.entitlements.profile import ELDER_FROM
from care.entitlements.rule import Rule

_DIGIT = re.compile(r"\d")


def say_excluded(decision: Decision, context: Context) -> Answer:
    """The condition that isn't met, and whose word it is."""
    nearest = nearest_excluded(decision.excluded)
    rule, words = nearest.rule, context.words
    document = context.documents[rule.source.document]
    rules = [rule]
    if _not_elder(nearest, decision):
        text = words.fill("excluded.not_elder", region=rule.region, gift=rule.name)
    elif too_young(nearest, decision):
        if not _DIGIT.search(rule.condition):  # the source names no age: nothing to fall short of
            texts = (f"{phrase.given(rule, words)}。", phrase.close(rule, context.documents, words))
            return cited(texts, rules, context, phrase.unpublished(rule))
        text = words.fill("excluded.too_young", given=phrase.given(rule, words))
    else:
        rules = [f.rule for f in decision.excluded if _alike(f, nearest)]
        condition = words.fill("excluded.and").join(r.condition for r in rules)
        facts = facts_named(nearest.facts, words)
        fields = {"region": rule.region, "condition": condition, "gift": rule.name}
        text = words.fill("excluded.unmet", facts=facts, **fields)
        if carers := _for_carers(decision):
            told = words.fill("excluded.carers", gift=carers.name)
            text, rules = f"{text.removesuffix('。')}{told}。", [*rules, carers]
    close = words.fill("excluded.close", source=phrase.source(rule, document, words))
    return cited((text, close), rules, context, False)


def nearest_excluded(excluded: Iterable[Finding]) -> Finding:
    """The elder's own rule that fails on the fewest facts; of several the one soonest to start."""
    return min(
        excluded,
        key=lambda f: (
            f.rule.recipient == "family",
            len(f.facts),
            f.rule.rank,
            f.rule.starts_at,
        ),
    )


def too_young(finding: Finding, decision: Decision) -> bool:
    """Whether only the years are missing, and no other rule of the benefit holds or may hold."""
    age = decision.profile.age
    living = {f.rule.benefit for f in (*decision.entitled, *decision.possible) if _is_own(f)}
    return (
        finding.facts == {"age"}
        and age is not None
        and age < finding.rule.starts_at
        and finding.rule.benefit not in living
    )


def only_carers_left(decision: Decision) -> bool:
    """Whether the elder's own amounts are ruled out, and what is left is for those who care."""
    living = (*decision.entitled, *decision.possible)
    return not any(map(_is_own, living)) and any(
        _is_own(f) and f.rule.what.numbers for f in decision.excluded
    )


def _is_own(finding: Finding) -> bool:
    return finding.rule.recipient == "elder"


def _alike(finding: Finding, nearest: Finding) -> bool:
    """Whether one sentence says why neither holds."""
    return (finding.facts, *_said(finding.rule)) == (nearest.facts, *_said(nearest.rule))


def _said(rule: Rule) -> tuple[str, str, str, str, int, bool]:
    spoken = (rule.name, rule.region, rule.source.document, rule.status)
    return (*spoken, rule.starts_at, bool(rule.what.numbers))


def _for_carers(decision: Decision) -> Rule | None:
    """What those who care for the person are sure to be planned for."""
    return next((f.rule for f in decision.entitled if not _is_own(f)), None)


def _not_elder(finding: Finding, decision: Decision) -> bool:
    """Whether the age alone rules it out, and nobody of that age is old or no age is named."""
    age = decision.profile.age
    if finding.facts != {"age"} or not _is_own(finding):
        return False
    hidden = not _DIGIT.search(finding.rule.condition) and age is not None and age < ELDER_FROM
    return hidden or not finding.rule.who.ages()
