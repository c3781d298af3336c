"""What elders say to the hotline, from the project's own data: sentences and terms.

Nothing from tests/ is read: those sentences measure the result.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from care.data_files import read_yaml
from voice.spoken.form import spoken

_ANNOTATED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_PLAIN = re.compile(r"[\u4e00-\u9fff，。？！、,.?!；;：:… ]*")
_SENTENCE_END = re.compile(r"[。？！?!；;]+")
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")


@dataclass(frozen=True)
class DomainText:
    """Everything the project's data says about the domain."""

    utterances: tuple[str, ...]
    """Examples of what is said to the assistant, and the cards' questions."""

    terms: tuple[str, ...]
    """Names of benefits, services, meals…: said alone or inside a sentence."""

    places: tuple[str, ...]
    """Names of regions on all levels, also outside the hotline's own."""


def read_domain(data: Path) -> DomainText:
    """Reads nlu/, cards/, lexicon/, regions.yml, entitlements/ of a data folder."""
    lexicon = {path.stem: read_yaml(path) for path in sorted((data / "lexicon").glob("*.yml"))}
    terms = [
        term
        for content in lexicon.values()
        if "terms" in content and content.get("kind") != "region"
        for term in _said(content["terms"])
    ]
    terms += [entry["id"] for entry in read_yaml(data / "entitlements" / "benefits.yml")]
    terms += lexicon["heard"]["words"]
    places = [
        *_regions(read_yaml(data / "regions.yml")),
        *_said(lexicon["outside_places"]["terms"]),
    ]
    return DomainText(
        utterances=_unique(line for text in _utterances(data) for line in sentences(text)),
        terms=_unique(line for term in terms for line in sentences(str(term))),
        places=_unique(line for place in places for line in sentences(str(place))),
    )


def sentences(text: str) -> Iterator[str]:
    """The sentences of a line as they are spoken: Chinese characters only."""
    if not _PLAIN.fullmatch(text):
        text = spoken(text)
    for part in _SENTENCE_END.split(text):
        said = _NOT_HAN.sub("", part)
        if said:
            yield said


def _unique(lines: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def _utterances(data: Path) -> Iterator[str]:
    for path in sorted((data / "nlu").rglob("*.yml")):
        for entry in read_yaml(path).get("nlu", []):
            if "intent" not in entry:
                continue
            for line in str(entry.get("examples", "")).splitlines():
                if line.startswith("- "):
                    yield _ANNOTATED.sub(r"\1", line[2:])
    for path in sorted((data / "cards").glob("*.yml")):
        for card in read_yaml(path):
            yield from card["questions"]


def _said(terms: list[Any]) -> Iterator[str]:
    for term in terms:
        if re.search(r"[\u4e00-\u9fff]", str(term["value"])):
            yield term["value"]
        for key in ("said", "guarded"):  # not `exact`: those are spellings of what was misheard
            yield from term.get(key, [])


def _regions(regions: list[Any]) -> Iterator[str]:
    for region in regions:
        yield region["name"]
        yield from region.get("aliases", [])
        yield from _regions(region.get("parts", []))
