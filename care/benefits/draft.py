"""The notice for one elder: what they may be due, whose word it is, and where to go from here."""

from dataclasses import dataclass

from care.benefits.sentences import Sentences
from care.entitlements import phrase
from care.entitlements.load import Entitlements
from care.entitlements.rule import Condition, Rule


@dataclass(frozen=True)
class Draft:
    """What is written and what is said; every figure is the rule's."""

    text: str
    spoken: str


def draft(rule: Rule, name: str, entitlements: Entitlements, sentences: Sentences) -> Draft:
    """In plain words; pure."""
    document = entitlements.documents[rule.source.document]
    parts = {
        "name": name,
        "offer": _offer(rule, entitlements, sentences),
        "source": phrase.source(rule, document, entitlements.words),
        "check": sentences.check.format(check=rule.check) if rule.check else "",
    }
    return Draft(sentences.text.format(**parts), sentences.spoken.format(**parts))


def _offer(rule: Rule, entitlements: Entitlements, sentences: Sentences) -> str:
    if not _is_private(rule.who):
        return sentences.offer.format(given=phrase.given(rule, entitlements.words))
    told = {"region": rule.region, "gift": rule.name}
    amount = phrase.amount(rule, entitlements.words)
    if not amount and phrase.unpublished(rule):
        return sentences.offer_unpublished.format(**told)
    joined = f"，{amount}" if amount else ""
    return sentences.offer_private.format(**told, amount=joined)


def _is_private(who: Condition) -> bool:
    """Whether it speaks of a household's state or of a body's: others may listen, or read it."""
    return bool(who.household or who.ability) or any(map(_is_private, who.any_of))
