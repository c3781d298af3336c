"""What an answer comes to, whatever its wording: to compare what was said with what was written."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from care.data_files import DATA, read_yaml
from evaluation.chat import Answer
from evaluation.naming import sound

_DOMAIN = Path(__file__).resolve().parent.parent.parent / "bot" / "domain"
_BLANK = re.compile(r"\{[^}]*\}")
_NOTED = re.compile("^(?:好|记下了),")
"""How `utter_noted` begins."""
_OTHER = "_other"
_FEWEST = 3
"""Characters that a template has of its own at least: '{problem}。' would match everything."""


@dataclass(frozen=True)
class Outcome:
    """The part of an answer that must not depend on how the sentence reached the assistant."""

    emergency: bool
    handover: bool
    alarm: bool
    cites: frozenset[str]
    replies: tuple[str, ...]
    """For each reply the name of its template (`fall/advice`: which alarm it is shows there) with
    the sound of what was filled in; the text of a reply that comes from none."""


@dataclass(frozen=True)
class _Template:
    name: str
    pattern: re.Pattern[str]
    fixed: int
    """Characters outside of the blanks: the more, the surer."""


def outcome(answer: Answer) -> Outcome:
    """Of one turn."""
    return Outcome(
        emergency=answer.flags.emergency,
        handover=answer.flags.handover,
        alarm=answer.alarm_ref is not None,
        cites=frozenset(cite for reply in answer.replies for cite in reply.cites),
        replies=tuple(name_of(reply.text) for reply in answer.replies),
    )


def name_of(reply: str) -> str:
    """The template of `reply` and what fills it, by sound; variants have one name.

    Help for oneself and for another has one name, too: a single 我 decides which it is.
    """
    text = _plain(reply)
    for template in _templates():
        found = template.pattern.fullmatch(text)
        if found:
            name = template.name.removesuffix(_OTHER)
            return " ".join([name, *(sound(value) for value in found.groups())])
    # 好,午餐。您想订哪一天的饭? is one breath made of two templates, the first of which varies.
    return _NOTED.sub("", text)


@cache
def _templates() -> tuple[_Template, ...]:
    """The surest first."""
    files = [
        *sorted(_DOMAIN.glob("responses*.yml")),
        DATA / "prompts.yml",
        DATA / "emergency" / "prompts.yml",
    ]
    found = [_template(name, text) for path in files for name, text in _leaves(read_yaml(path), "")]
    kept = [template for template in found if template.fixed >= _FEWEST]
    return tuple(sorted(kept, key=lambda template: -template.fixed))


def _template(name: str, text: str) -> _Template:
    parts = [re.escape(part) for part in _BLANK.split(_plain(text))]
    fixed = sum(map(len, _BLANK.split(_plain(text))))
    return _Template(name, re.compile("(.+)".join(parts)), fixed)


def _leaves(node: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every text with the way to it; variants, the items of one list, share theirs."""
    if isinstance(node, dict):
        own = f"{name}/{node['id']}" if "id" in node else name
        for key, value in node.items():
            yield from _leaves(value, own if key == "text" else f"{own}/{key}")
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value, name)
    elif isinstance(node, str):
        yield name, node


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
