"""The words of the domain: what people say, and which canonical value they mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from care.language.marked_yaml import line_of
from care.language.plain_file import (
    PlainFileError,
    only_fields,
    read_plain,
    text_field,
    texts_field,
)
from care.regions.region import Regions

KINDS = (
    "benefit",
    "service",
    "meal",
    "diet",
    "category",
    "ability",
    "residence",
    "pension",
    "hukou",
    "region",
)
"""Kinds of entity that are found by looking words up."""

SAID = "said"
"""Counts wherever it stands, and is also matched by sound when it is long enough."""

EXACT = "exact"
"""Counts wherever it stands, only as written."""

GUARDED = "guarded"
"""An everyday word too: counts only in the company that `care/language/company.py` names."""

_MODES = (SAID, EXACT, GUARDED)


@dataclass(frozen=True)
class Word:
    """One way to say one canonical value."""

    text: str
    kind: str
    value: str
    mode: str = SAID
    """SAID, EXACT or GUARDED."""


def load_words(data: Path) -> list[Word]:
    """Every word of `data/lexicon/` and every name and alias of `data/regions.yml`.

    Raises PlainFileError with the line of the term that is wrong.
    """
    words = list(_region_words(Regions.load(data / "regions.yml")))
    known = {(word.kind, word.text) for word in words}
    for path in sorted((data / "lexicon").glob("*.yml")):
        content = read_plain(path)
        if not isinstance(content, dict) or "kind" not in content:
            continue  # a list of another sort: names, decoys
        for entry, word in _term_words(path, content):
            if (word.kind, word.text) in known:
                problem = f"'{word.text}' occurs twice among the words of kind {word.kind}"
                raise PlainFileError(path, line_of(entry), problem)
            known.add((word.kind, word.text))
            words.append(word)
    return words


def load_list(path: Path, name: str) -> tuple[str, ...]:
    """The list of texts under `name` in `path`."""
    content = read_plain(path)
    if not isinstance(content, dict) or name not in content:
        raise PlainFileError(path, 1, f"expected a list under '{name}'")
    return texts_field(path, content, name)


def load_texts(path: Path, name: str) -> dict[str, str]:
    """The mapping of texts under `name` in `path`."""
    content = read_plain(path)
    texts = content.get(name) if isinstance(content, dict) else None
    if not isinstance(texts, dict) or any(not isinstance(text, str) for text in texts.values()):
        raise PlainFileError(path, line_of(texts), f"{name}: expected a mapping of texts")
    return dict(texts)


def load_common(path: Path) -> frozenset[str]:
    """Everyday words, separated by blanks; lines that begin with # are comments."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise PlainFileError(path, 1, "the file is missing") from error
    return frozenset(" ".join(line for line in lines if not line.startswith("#")).split())


def _term_words(path: Path, content: Any) -> Iterator[tuple[Any, Word]]:
    only_fields(path, content, ("kind", "by_sound", "terms"))
    kind = text_field(path, content, "kind")
    if kind not in KINDS:
        raise PlainFileError(path, line_of(content), f"kind: expected one of {', '.join(KINDS)}")
    by_sound = content.get("by_sound", True)
    if not isinstance(by_sound, bool):
        raise PlainFileError(path, line_of(content), "by_sound: expected true or false")
    terms = content.get("terms")
    if not isinstance(terms, list) or not terms:
        raise PlainFileError(path, line_of(content), "terms: expected a list of terms")
    for entry in terms:
        only_fields(path, entry, ("value", *_MODES))
        value = text_field(path, entry, "value")
        listed = {mode: texts_field(path, entry, mode) for mode in _MODES}
        if not value.isascii() and all(value not in texts for texts in listed.values()):
            yield entry, Word(value, kind, value, SAID if by_sound else EXACT)
        for mode, texts in listed.items():
            for text in texts:
                plain = mode == SAID and not by_sound
                yield entry, Word(text, kind, value, EXACT if plain else mode)


def _region_words(regions: Regions) -> Iterator[Word]:
    for region in regions:
        for text in (region.name, *region.aliases):
            yield Word(text, "region", region.name)
