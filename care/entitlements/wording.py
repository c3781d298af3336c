"""A decision as it is spoken."""

from care.entitlements import phrase
from care.entitlements.answer import Answer
from care.entitlements.context import Context, cited
from care.entitlements.decide import Decision, Finding
from care.entitlements.excluded import only_carers_left, say_excluded
from care.entitlements.listing import say_all
from care.entitlements.rule import Condition, Rule

_CLAUSES = 3
"""The most rules that one sentence holds."""


def say(decision: Decision, context: Context) -> Answer:
    """At most two sentences on one benefit; none while the region is still to be asked for.

    While another question is open it tells what the rules say in general.
    """
    if _is_for_institutions(decision, context) or decision.outcome in ("not_found", "outside"):
        return _nothing(decision, context)
    if decision.profile.region is None:
        return _nowhere(decision, context)
    if decision.benefit is None:
        return say_all(decision, context)
    if decision.outcome == "excluded" or only_carers_left(decision):
        return say_excluded(decision, context)
    return _told(decision, _worth_telling(decision), context)


def _is_for_institutions(decision: Decision, context: Context) -> bool:
    benefit = context.benefits.get(decision.benefit or "")
    return benefit is not None and benefit.payee == "institution"


def _nothing(decision: Decision, context: Context) -> Answer:
    words, region = context.words, decision.profile.region
    benefit = decision.benefit or words.fill("missing.everything")
    if _is_for_institutions(decision, context):
        text = words.fill("missing.institution", benefit=benefit)
    elif decision.outcome == "outside":
        covered = "、".join(context.covered)
        text = words.fill("missing.outside", region=region, benefit=benefit, covered=covered)
    elif region is None:
        text = words.fill("missing.anywhere", benefit=benefit)
    else:
        text = words.fill("missing.not_found", region=region, benefit=benefit)
    return Answer((text, words.fill("missing.offer")), offers_person=True)


def _nowhere(decision: Decision, context: Context) -> Answer:
    if "region" not in decision.profile.asked:
        return Answer(())
    words = context.words
    texts = (words.fill("missing.nowhere"), words.fill("missing.offer"))
    return Answer(texts, offers_person=True)


def _worth_telling(decision: Decision) -> tuple[Finding, ...]:
    """What holds; or what may hold, where that has a number and what holds has a lesser one."""
    sure, may = decision.entitled, decision.possible
    if sure and may and may[0].rule.what.numbers and may[0].rule.rank < sure[0].rule.rank:
        return _together(may)
    return _together(sure or may)


def _together(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The first, and those after it that fit the same sentence: numbers of the same kind."""
    if not findings[0].rule.what.numbers:
        return findings[:1]
    first = findings[0].rule

    def fits(rule: Rule) -> bool:
        return (
            rule.what.numbers != ()
            and (rule.source.document, rule.status) == (first.source.document, first.status)
            and rule.name == first.name
        )

    return tuple(f for f in findings if fits(f.rule))[:_CLAUSES]


def _told(decision: Decision, findings: tuple[Finding, ...], context: Context) -> Answer:
    words, first = context.words, findings[0]
    text = phrase.given(first.rule, words)
    certain = first in decision.entitled and not first.facts and first.rule.who != Condition()
    if certain and first.rule.what.numbers and not first.rule.check and first.rule.status != "plan":
        text = words.fill("gives.fits", given=text)
    for other in findings[1:]:
        told = phrase.amount(other.rule, words)
        region = "" if other.rule.region == first.rule.region else other.rule.region
        text += words.fill("gives.also", region=region, condition=other.rule.condition, amount=told)
    variants = [f.rule for f in decision.variants if f.rule.benefit == first.rule.benefit]
    for rule in variants if first in decision.entitled else []:
        told = phrase.amount(rule, words)
        text += words.fill("gives.variant", region=rule.region, amount=told)
    texts = (f"{text}。", phrase.close(first.rule, context.documents, words))
    rules = [*(f.rule for f in findings), *variants]
    return cited(texts, rules, context, phrase.unpublished(first.rule))
