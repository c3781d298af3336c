"""What every wording of a decision needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from care.entitlements import phrase
from care.entitlements.answer import Answer
from care.entitlements.benefit import Benefit
from care.entitlements.profile import FACTS, Fact
from care.entitlements.rule import Rule
from care.entitlements.words import Words
from care.knowledge.document import Document


@dataclass(frozen=True)
class Context:
    """What wording a decision needs besides the decision."""

    benefits: Mapping[str, Benefit]
    documents: Mapping[str, Document]
    words: Words
    covered: tuple[str, ...]
    """The regions that the sources are about."""


def cited(texts: Iterable[str], rules: Iterable[Rule], context: Context, offers: bool) -> Answer:
    """An answer that cites these rules, each document once."""
    every = list(rules)
    shown = [phrase.shown(context.documents[r.source.document], context.words) for r in every]
    return Answer(
        tuple(texts), tuple(dict.fromkeys(r.id for r in every)), tuple(dict.fromkeys(shown)), offers
    )


def facts_named(facts: Iterable[Fact], words: Words, more: Iterable[str] = ()) -> str:
    """岁数、家庭情况和身体情况; `more` is named after the facts."""
    wanted = set(facts)
    names = [*(words.facts[fact] for fact in FACTS if fact in wanted), *more]
    return "和".join(["、".join(names[:-1]), names[-1]] if len(names) > 1 else names)
