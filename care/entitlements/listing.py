"""The answer to 我能领什么: what is sure, what may be, what is planned."""

from collections.abc import Iterable

from care.entitlements import phrase
from care.entitlements.answer import Answer
from care.entitlements.context import Context, cited, facts_named
from care.entitlements.decide import Decision, Finding
from care.entitlements.excluded import nearest_excluded, too_young
from care.entitlements.rule import Rule
from care.entitlements.words import Words

_SURE, _MAY, _LATER = 4, 3, 2
"""The most benefits that each sentence names; more is not kept in mind when heard."""


def say_all(decision: Decision, context: Context) -> Answer:
    """At most four sentences."""
    words = context.words
    taken: set[str] = set()
    # What only the office can look up is not sure, as long as the benefit has a rule that is.
    holding = sorted(decision.entitled, key=lambda f: f.rule.check is not None)
    # An amount that may be paid goes before a plan without one for the same benefit.
    sure = _best((f for f in holding if f.rule.status != "plan"), taken)[:_SURE]
    paid = _best((f for f in decision.possible if f.rule.what.numbers), taken)
    later = _best(decision.entitled, taken)[:_LATER]
    may = [*paid, *_best(decision.possible, taken)][:_MAY]
    texts, rules = _first_sentence(decision, sure, context)
    if may:
        facts = facts_named({fact for f in may for fact in f.facts}, words)
        texts.append(words.fill("list.may", items=_items(may, words), facts=facts))
    if later:
        texts.append(words.fill("list.later", items=_items(later, words)))
    rules += [finding.rule for finding in (*may, *later)]
    if not rules:
        return Answer((*texts, words.fill("missing.offer")), offers_person=True)
    cites = cited((), rules, context, False)
    texts.append(words.fill("list.close", sources="、".join(_spoken_sources(rules, context))))
    return Answer(tuple(texts), cites.cites, cites.sources)


def _first_sentence(
    decision: Decision, sure: list[Finding], context: Context
) -> tuple[list[str], list[Rule]]:
    """What is sure, or else the allowance that only the years are missing for."""
    words, region = context.words, decision.profile.region
    if sure:
        local = words.fill("list.local") if any("hukou" in f.facts for f in sure) else ""
        if any("region" in f.facts for f in sure):  # told too broadly: name the rules' own
            region = sure[0].rule.region
        named = {finding.rule.benefit for finding in sure}
        variants = [f.rule for f in decision.variants if f.rule.benefit in named]
        items = _items(sure, words, variants)
        text = words.fill("list.sure", local=local, region=region, items=items)
        return [text], [*(finding.rule for finding in sure), *variants]
    young = [f for f in decision.excluded if too_young(f, decision) and f.rule.what.numbers]
    if young:
        rule = nearest_excluded(young).rule
        return [words.fill("excluded.too_young", given=phrase.given(rule, words))], [rule]
    return [words.fill("list.none", region=region)], []


def _best(findings: Iterable[Finding], taken: set[str]) -> list[Finding]:
    """The best finding of each benefit that isn't taken yet; takes them."""
    best: list[Finding] = []
    for finding in findings:
        if finding.rule.listed and finding.rule.benefit not in taken:
            taken.add(finding.rule.benefit)
            best.append(finding)
    return best


def _items(findings: Iterable[Finding], words: Words, variants: Iterable[Rule] = ()) -> str:
    """高龄津贴每月100元、定期上门探访; several unmapped amounts are too long for a list."""
    items: list[str] = []
    for rule in (finding.rule for finding in findings):
        told = "" if rule.what.unmapped else phrase.amount(rule, words)
        for variant in (v for v in variants if v.benefit == rule.benefit):
            amount = phrase.amount(variant, words)
            told += words.fill("gives.variant", region=variant.region, amount=amount)
        items.append(rule.name + told)
    return "、".join(items)


def _spoken_sources(rules: Iterable[Rule], context: Context) -> list[str]:
    documents = [context.documents[rule.source.document] for rule in rules]
    return list(dict.fromkeys(phrase.document_named(d, context.words) for d in documents))
