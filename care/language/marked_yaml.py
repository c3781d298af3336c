"""YAML 1.2 read by libyaml, with the line of every part kept. Loads in Rasa's environment, too."""

import re
from collections.abc import Hashable
from datetime import date
from typing import Any

import yaml
from yaml.constructor import ConstructorError
from yaml.reader import ReaderError

_TAG = "tag:yaml.org,2002:"


class Marked:
    """A mapping or a list that knows where it stands in its file."""

    line = 1
    """On which it begins, 1-based."""
    lines: dict[Any, int]
    """Of each key, or of each entry by its index."""


class MarkedDict(dict[Any, Any], Marked):
    """A mapping of a file."""


class MarkedList(list[Any], Marked):
    """A list of a file."""


class FaultError(ValueError):
    """What can't be read: the line (1-based) and what is wrong there."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"{line}: {problem}")
        self.line, self.problem = line, problem


def parse(text: str) -> Any:
    """The content: scalars, `MarkedDict`s and `MarkedList`s. Raises FaultError.

    Scalars are those of YAML 1.2's core schema, and dates: `on` and `no` are words.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except ReaderError as error:
        raise FaultError(text[: error.position].count("\n") + 1, str(error.reason)) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        last = text.count("\n") + 1  # the file's end is taken for one line more
        raise FaultError(min(line, last), str(error.problem)) from error


def line_of(content: Any, *steps: Any) -> int:
    """The line of what these keys and indexes lead to, or of the nearest thing above it."""
    line = content.line if isinstance(content, Marked) else 1
    for step in steps:
        if not isinstance(content, Marked) or step not in content.lines:
            break
        line, content = content.lines[step], content[step]  # type: ignore[index]
    return line


class _Loader(yaml.CSafeLoader):
    """Resolves what 1.2 does, where PyYAML's own rules are those of 1.1."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's way to say it


def _mapping(loader: _Loader, node: yaml.MappingNode) -> MarkedDict:
    made = MarkedDict()
    made.line, made.lines = node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        mark = key_node.start_mark
        if not isinstance(key, Hashable):
            raise ConstructorError(None, None, "a key that is no scalar", mark)
        if key in made:
            raise ConstructorError(None, None, f"duplicate key '{key}'", mark)
        made[key] = loader.construct_object(value_node, deep=True)
        made.lines[key] = mark.line + 1
    return made


def _list(loader: _Loader, node: yaml.SequenceNode) -> MarkedList:
    made = MarkedList(loader.construct_object(child, deep=True) for child in node.value)
    made.line = node.start_mark.line + 1
    made.lines = {index: child.start_mark.line + 1 for index, child in enumerate(node.value)}
    return made


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


def _date(loader: _Loader, node: yaml.ScalarNode) -> date:
    text = str(loader.construct_scalar(node))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConstructorError(None, None, f"no such day: {text}", node.start_mark) from None


_Loader.add_constructor(f"{_TAG}map", _mapping)
_Loader.add_constructor(f"{_TAG}seq", _list)
_Loader.add_constructor(f"{_TAG}int", _int)
_Loader.add_constructor(f"{_TAG}timestamp", _date)
for _name, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
        r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+0123456789.",
    ),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
):
    _letters = [letter.replace("\0", "") for letter in _first]
    _Loader.add_implicit_resolver(f"{_TAG}{_name}", re.compile(rf"(?:{_pattern})\Z"), _letters)
