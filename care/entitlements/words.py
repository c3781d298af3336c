"""The sentence templates of `data/entitlements/wording.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from care.data_files import DataFileError, placeholders, read_yaml
from care.entitlements.profile import FACTS, Fact
from care.language.marked_yaml import line_of

_GIVEN = frozenset({"region", "condition", "gift"})

FIELDS: Mapping[str, frozenset[str]] = {
    "amount.exact": frozenset({"per", "n", "unit"}),
    "amount.at_least": frozenset({"per", "n", "unit"}),
    "amount.span": frozenset({"per", "least", "most", "unit"}),
    "amount.unmapped": frozenset({"per", "steps"}),
    "amount.step": frozenset({"n", "unit"}),
    "gives.amount": _GIVEN | {"amount"},
    "gives.service": _GIVEN,
    "gives.unpublished": _GIVEN,
    "gives.also": frozenset({"region", "condition", "amount"}),
    "gives.variant": frozenset({"region", "amount"}),
    "gives.fits": frozenset({"given"}),
    "plans.amount": _GIVEN | {"amount"},
    "plans.service": _GIVEN,
    "plans.unpublished": _GIVEN,
    "source.official": frozenset({"issuer", "year", "held"}),
    "source.held": frozenset({"year"}),
    "source.plan": frozenset({"issuer", "year"}),
    "source.repost": frozenset({"issuer", "year"}),
    "source.named": frozenset({"issuer", "year"}),
    "source.shown": frozenset({"issuer", "year"}),
    "source.shown_repost": frozenset({"issuer", "year"}),
    "close.confirm": frozenset({"source", "check"}),
    "close.offer": frozenset({"source", "check"}),
    "close.check": frozenset({"check"}),
    "excluded.too_young": frozenset({"given"}),
    "excluded.not_elder": frozenset({"region", "gift"}),
    "excluded.unmet": _GIVEN | {"facts"},
    "excluded.and": frozenset(),
    "excluded.carers": frozenset({"gift"}),
    "excluded.close": frozenset({"source"}),
    "missing.not_found": frozenset({"region", "benefit"}),
    "missing.anywhere": frozenset({"benefit"}),
    "missing.outside": frozenset({"region", "benefit", "covered"}),
    "missing.nowhere": frozenset(),
    "missing.institution": frozenset({"benefit"}),
    "missing.everything": frozenset(),
    "missing.offer": frozenset(),
    "list.sure": frozenset({"local", "region", "items"}),
    "list.local": frozenset(),
    "list.none": frozenset({"region"}),
    "list.may": frozenset({"items", "unpriced", "facts"}),
    "list.later": frozenset({"items", "unpriced", "facts"}),
    "list.unpriced": frozenset(),
    "list.ruled": frozenset(),
    "list.started": frozenset(),
    "list.close": frozenset({"sources"}),
}
"""Every template, and the fields that it has to use."""


@dataclass(frozen=True)
class Words:
    """Templates by name, how each fact is asked for, and how it is called."""

    questions: Mapping[Fact, str]
    facts: Mapping[Fact, str]
    templates: Mapping[str, str]

    def fill(self, template: str, **fields: object) -> str:
        """The template with its fields filled in."""
        return self.templates[template].format(**fields)


def load_words(path: Path) -> Words:
    """Reads the wording.

    Raises:
        DataFileError: a question, a name of a fact or a template is missing or unknown, or a
            template has a field too many or too few.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise DataFileError(path, 1, "expected questions, facts and the groups of templates")
    expected = [*(f"{group}.{fact}" for group in ("questions", "facts") for fact in FACTS), *FIELDS]
    texts = {name: _text(path, content, name) for name in expected}
    for group, entries in content.items():
        for key in entries:
            if f"{group}.{key}" not in texts:
                raise DataFileError(path, line_of(content, group, key), f"unknown '{group}.{key}'")
    return Words(
        questions={fact: texts[f"questions.{fact}"] for fact in FACTS},
        facts={fact: texts[f"facts.{fact}"] for fact in FACTS},
        templates={name: texts[name] for name in FIELDS},
    )


def _text(path: Path, content: Any, name: str) -> str:
    group, key = name.split(".")
    entries = content.get(group)
    text = entries.get(key) if isinstance(entries, dict) else None
    line = line_of(content, group, key)
    if not isinstance(text, str) or not text:
        raise DataFileError(path, line, f"'{name}' is missing")
    try:
        used = placeholders(text)
    except ValueError as error:
        raise DataFileError(path, line, f"'{name}': {error}") from error
    if wrong := sorted(used ^ FIELDS.get(name, frozenset())):
        raise DataFileError(path, line, f"'{name}': field {', '.join(wrong)} is missing or unknown")
    return text
