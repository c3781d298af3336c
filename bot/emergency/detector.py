"""Finds an emergency in one utterance, without the dialogue server and without guessing time."""

from collections import defaultdict
from pathlib import Path

from bot.emergency.context import Surroundings, dismissed_by
from bot.emergency.emergency import CATEGORIES, Emergency
from bot.emergency.rules import Context, Group, Rule, load_rules
from bot.emergency.scanner import NEARLY, Mark, Scanner

_PERSONS = ("self", "kin", "stranger")
_NEARLY_LEAST = 3
"""Characters a phrase needs before one of them may be a homophone."""

_AFTER = 3
"""Characters after a hit within which its person may follow (晕倒了我老伴)."""


class Detector:
    """Rules over characters and sounds; holds no state between utterances."""

    def __init__(self, rules: list[Rule], contexts: list[Context], groups: list[Group]) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._contexts = contexts
        self._scanner = Scanner()
        for prefix, entries in (("rule", rules), ("context", contexts), ("group", groups)):
            for entry in entries:
                label = f"{prefix}:{entry.id}"
                loose = isinstance(entry, Rule) and entry.homophone
                self._scanner.add(label, entry.words, "nearly" if loose else "written")
                self._scanner.add(label, entry.sounds, "sound")
                self._scanner.add(f"unless-{label}", entry.unless)

    @classmethod
    def load(cls, folder: Path) -> "Detector":
        """Reads `data/emergency/`; raises DataFileError naming file, line and problem."""
        return cls(*load_rules(folder))

    def detect(self, text: str) -> Emergency | None:
        """The gravest emergency in a normalised text, None if there is none. Never raises."""
        hits, groups = self._standing(text)
        if not hits:
            return None
        mark, rule = min(hits, key=lambda hit: _rank(*hit))
        told = dict.fromkeys(f"{each.id}: {text[m.start : m.end]}" for m, each in hits)
        return Emergency(
            category=rule.category,
            severity=min(_severity(each, groups) for _, each in hits),
            matched=text[mark.start : mark.end],
            third_person=rule.other or _speaks_of_another(mark, groups),
            evidence=tuple(told),
        )

    def dismissals(self, text: str) -> dict[str, str]:
        """For whoever tunes the rules: each dismissed hit (`rule id: words`) and its context."""
        rules, around = self._read(text)
        reasons = (
            (mark, rule, dismissed_by(mark, rule, self._contexts, around)) for mark, rule in rules
        )
        return {f"{r.id}: {text[m.start : m.end]}": why for m, r, why in reasons if why is not None}

    def _standing(self, text: str) -> tuple[list[tuple[Mark, Rule]], dict[str, list[Mark]]]:
        hits, around = self._read(text)
        standing = [
            (mark, rule)
            for mark, rule in hits
            if dismissed_by(mark, rule, self._contexts, around) is None
        ]
        return standing, around.groups

    def _read(self, text: str) -> tuple[list[tuple[Mark, Rule]], Surroundings]:
        found: dict[str, list[Mark]] = defaultdict(list)
        for mark in self._scanner.scan(text):
            if not mark.label.startswith(NEARLY):
                found[mark.label].append(mark)
            elif mark.end - mark.start >= _NEARLY_LEAST:
                found[mark.label.removeprefix(NEARLY)].append(mark)
        kept = {
            label: _not_voided(marks, found.get(f"unless-{label}", []))
            for label, marks in found.items()
        }
        sorted_out: dict[str, dict[str, list[Mark]]] = {"rule": {}, "context": {}, "group": {}}
        for label, marks in kept.items():
            prefix, _, name = label.partition(":")
            if marks and prefix in sorted_out:
                sorted_out[prefix][name] = marks
        hits = [
            (mark, self._rules[name])
            for name, marks in sorted_out["rule"].items()
            for mark in _longest(marks)
        ]
        return hits, Surroundings.of(text, sorted_out["context"], sorted_out["group"])


def _not_voided(marks: list[Mark], exceptions: list[Mark]) -> list[Mark]:
    """`marks` without those that an exception overlaps; both are sorted by start."""
    if not exceptions:
        return marks
    covered = {position for each in exceptions for position in range(each.start, each.end)}
    return [m for m in marks if covered.isdisjoint(range(m.start, m.end))]


def _longest(marks: list[Mark]) -> list[Mark]:
    """Of the marks with one start the longest; `marks` are sorted by start and end."""
    return list({mark.start: mark for mark in marks}.values())


def _severity(rule: Rule, groups: dict[str, list[Mark]]) -> int:
    return 1 if any(groups.get(name) for name in rule.graver_with) else rule.severity


def _rank(mark: Mark, rule: Rule) -> tuple[bool, int, int, int, int]:
    """Smallest first: a bare cry comes last; then graver, then by category, then longer."""
    order = CATEGORIES.index(rule.category)
    return rule.category == "help", rule.severity, order, mark.start - mark.end, mark.start


def _speaks_of_another(hit: Mark, groups: dict[str, list[Mark]]) -> bool:
    """True when the nearest person before the hit (or right after it) is not the caller."""
    persons = [(mark, name) for name in _PERSONS for mark in groups.get(name, ())]
    before = [
        (mark.end, mark.end - mark.start, name) for mark, name in persons if mark.end <= hit.end
    ]
    if before:
        return max(before)[2] != "self"
    after = [
        (mark.start, mark.start - mark.end, name)
        for mark, name in persons
        if 0 <= mark.start - hit.end <= _AFTER
    ]
    return bool(after) and min(after)[2] != "self"
