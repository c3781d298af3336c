"""Reads rules, benefits and wording; whatever doesn't fit together refuses the start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from care.data_files import DATA, DataFileError, load_folder, load_models, read_yaml
from care.entitlements.answer import Answer
from care.entitlements.benefit import Benefit
from care.entitlements.condition import Within
from care.entitlements.context import Context
from care.entitlements.decide import Decision, decide, next_question
from care.entitlements.profile import Fact, Profile
from care.entitlements.rule import Rule
from care.entitlements.wording import say
from care.entitlements.words import Words, load_words
from care.knowledge.document import Document, load_documents
from care.language.marked_yaml import line_of
from care.regions.region import Regions


@dataclass(frozen=True)
class Entitlements:
    """All that is known about who gets what."""

    rules: tuple[Rule, ...]
    benefits: Mapping[str, Benefit]
    documents: Mapping[str, Document]
    words: Words
    within: Within

    @classmethod
    def load(cls, data: Path = DATA) -> "Entitlements":
        """Everything under `data`.

        Raises:
            DataFileError: a file is missing or wrong, or a rule names a region, benefit or
                document that doesn't exist.
            PlainFileError: the same for `regions.yml`.
        """
        regions = Regions.load(data / "regions.yml")
        documents = load_documents(data / "documents.yml")
        folder = data / "entitlements"
        benefits = {b.id: b for b in load_models(folder / "benefits.yml", Benefit)}
        rules = load_rules(
            folder / "rules",
            benefits=benefits,
            documents=documents,
            is_region=lambda name: (found := regions.find(name)) is not None and found.name == name,
        )
        words = load_words(folder / "wording.yml")
        return cls(rules, benefits, documents, words, regions.within)

    def decide(self, profile: Profile, benefit: str | None = None) -> Decision:
        """What the rules say about one person; `benefit` None asks for everything."""
        return decide(self.rules, profile, benefit, within=self.within)

    def next_question(self, decision: Decision) -> Fact | None:
        """The fact to ask for now, or None when asking wouldn't change the answer."""
        return next_question(decision)

    def question(self, fact: Fact) -> str:
        """How to ask for a fact."""
        return self.words.questions[fact]

    def say(self, decision: Decision) -> Answer:
        """The decision as it is spoken; also useful before a question that is still open."""
        return say(decision, self._context)

    @cached_property
    def _context(self) -> Context:
        named = dict.fromkeys(rule.region for rule in self.rules)
        covered = tuple(
            name for name in named if not any(self.within(name, o) for o in named if o != name)
        )
        return Context(self.benefits, self.documents, self.words, covered)


def load_rules(
    folder: Path,
    *,
    benefits: Mapping[str, Benefit],
    documents: Mapping[str, Document],
    is_region: Callable[[str], bool],
) -> tuple[Rule, ...]:
    """Every rule of every `*.yml` in `folder`, each checked against what it refers to.

    Raises:
        DataFileError: with the file and line of the first rule that is wrong.
    """
    rules = {rule.id: rule for rule in load_folder(folder, Rule)}
    for path in sorted(folder.glob("*.yml")):
        for entry in read_yaml(path):
            if found := _problem(rules[entry["id"]], benefits, documents, is_region):
                key, problem = found
                raise DataFileError(path, line_of(entry, key), problem)
    return tuple(rules.values())


def _problem(
    rule: Rule,
    benefits: Mapping[str, Benefit],
    documents: Mapping[str, Document],
    is_region: Callable[[str], bool],
) -> tuple[str, str] | None:
    benefit = benefits.get(rule.benefit)
    if benefit is None:
        return "benefit", f"{rule.id}: unknown benefit '{rule.benefit}'"
    if benefit.payee == "institution":
        return "benefit", f"{rule.id}: '{rule.benefit}' is not paid to persons"
    if not is_region(rule.region):
        return "region", f"{rule.id}: unknown region '{rule.region}'"
    if rule.source.document not in documents:
        return "source", f"{rule.id}: unknown document '{rule.source.document}'"
    return None
