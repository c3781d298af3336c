"""The answer to 我能领什么: what is sure, then what may be or is planned, then whose word it is."""

from collections.abc import Iterable

from care.entitlements import phrase
from care.entitlements.answer import Answer
from care.entitlements.context import Context, cited, facts_named
from care.entitlements.decide import Decision, Finding
from care.entitlements.excluded import nearest_excluded, too_young
from care.entitlements.rule import Rule
from care.entitlements.words import Words

_LONGEST = 112
"""Characters that are kept in mind when heard."""

_NAMED = ((3, 2), (3, 1), (2, 2), (2, 1), (1, 1))
"""How many benefits are named as sure and as open: the first pair that is short enough."""


def say_all(decision: Decision, context: Context) -> Answer:
    """At most three sentences."""
    taken: set[str] = set()
    sure = _best(filter(_is_sure, decision.entitled), taken)
    unsure = [f for f in decision.entitled if not _is_sure(f)]
    age = decision.profile.age or 0
    rest = sorted((*unsure, *decision.possible), key=lambda f: _order(f, age))
    open_ = _best(rest, taken)
    for many, few in _NAMED:
        answer = _told(decision, sure[:many], open_[:few], context)
        if sum(map(len, answer.texts)) <= _LONGEST:
            break
    return answer


def _told(
    decision: Decision, sure: list[Finding], open_: list[Finding], context: Context
) -> Answer:
    texts, rules = _first_sentence(decision, sure, context)
    if open_:
        texts.append(_open_sentence(decision, open_, context.words))
        rules += [finding.rule for finding in open_]
    if not rules:
        return Answer((*texts, context.words.fill("missing.offer")), offers_person=True)
    cites = cited((), rules, context, False)
    documents = [context.documents[rule.source.document] for rule in rules]
    sources = phrase.documents_named(documents, context.words)
    texts.append(context.words.fill("list.close", sources=sources))
    return Answer(tuple(texts), cites.cites, cites.sources)


def _is_sure(finding: Finding) -> bool:
    """What only the office can look up isn't, nor what is only planned."""
    return finding.rule.status != "plan" and finding.rule.check is None


def _order(finding: Finding, age: int) -> tuple[bool, int, bool, bool]:
    """What is done before what is planned, then amounts, money, and what the age is reached for."""
    rule = finding.rule
    reached = 0 < rule.starts_at <= age
    return (rule.status == "plan", rule.rank, rule.what.kind == "service", not reached)


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
        items = "、".join(_item(finding.rule, words, variants) for finding in sure)
        text = words.fill("list.sure", local=local, region=region, items=items)
        return [text], [*(finding.rule for finding in sure), *variants]
    young = [f for f in decision.excluded if too_young(f, decision) and f.rule.what.numbers]
    if young:
        rule = nearest_excluded(young).rule
        return [words.fill("excluded.too_young", given=phrase.given(rule, words))], [rule]
    return [words.fill("list.none", region=region)], []


def _open_sentence(decision: Decision, findings: list[Finding], words: Words) -> str:
    """What may be, without an amount where the benefit may come to another one as well."""
    living = [f.rule for f in (*decision.entitled, *decision.possible) if _is_elders(f.rule)]
    items: list[str] = []
    for rule in (finding.rule for finding in findings):
        only = sum(other.benefit == rule.benefit for other in living) == 1
        items.append(_item(rule, words) if only else rule.name)
    planned = [finding.rule.status == "plan" for finding in findings]
    facts = {fact for f in findings if f in decision.possible for fact in f.facts}
    more = [words.fill("list.ruled")] if any(_is_ruled(f) for f in findings) else []
    more += [words.fill("list.started")] if any(planned) else []
    return words.fill(
        "list.later" if all(planned) else "list.may",
        items="、".join(items),
        unpriced=words.fill("list.unpriced") if _unpriced(findings) else "",
        facts=facts_named(facts, words, more),
    )


def _is_ruled(finding: Finding) -> bool:
    return finding.rule.status != "plan" and finding.rule.check is not None


def _unpriced(findings: list[Finding]) -> bool:
    """Whether it is all money, and nowhere told how much."""
    return all(phrase.unpublished(finding.rule) for finding in findings)


def _is_elders(rule: Rule) -> bool:
    return rule.recipient == "elder"


def _best(findings: Iterable[Finding], taken: set[str]) -> list[Finding]:
    """The best finding of each benefit of the elder's own that isn't taken yet; takes them."""
    best: list[Finding] = []
    for finding in findings:
        rule = finding.rule
        if rule.listed and _is_elders(rule) and rule.benefit not in taken:
            taken.add(rule.benefit)
            best.append(finding)
    return best


def _item(rule: Rule, words: Words, variants: Iterable[Rule] = ()) -> str:
    """高龄津贴每月100元; several unmapped amounts are too long for a list."""
    told = "" if rule.what.unmapped else phrase.amount(rule, words)
    for variant in (v for v in variants if v.benefit == rule.benefit):
        amount = phrase.amount(variant, words)
        told += words.fill("gives.variant", region=variant.region, amount=amount)
    return rule.name + told
