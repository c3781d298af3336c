"""Reads YAML lists with plain Python, because Rasa's environment has no pydantic 2."""

from pathlib import Path
from typing import Any

from care.language.marked_yaml import FaultError, line_of, parse


class PlainFileError(ValueError):
    """A data file that cannot be used: file name, line (1-based) and what is wrong."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}:{line}: {problem}")
        self.path, self.line, self.problem = path, line, problem


def read_plain(path: Path) -> Any:
    """The file's content; mappings and lists know their lines (`care.language.marked_yaml`)."""
    try:
        return parse(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise PlainFileError(path, 1, "the file is missing") from error
    except FaultError as error:
        raise PlainFileError(path, error.line, f"not valid YAML: {error.problem}") from error


def text_field(path: Path, entry: Any, field: str) -> str:
    """A field that must hold text."""
    value = entry.get(field) if isinstance(entry, dict) else None
    if not isinstance(value, str) or not value:
        raise PlainFileError(path, line_of(entry), f"{field}: expected text, got {value!r}")
    return value


def texts_field(path: Path, entry: Any, field: str) -> tuple[str, ...]:
    """A field that holds a list of texts; empty when it isn't there."""
    values = entry.get(field, []) if isinstance(entry, dict) else None
    if not isinstance(values, list) or any(not isinstance(v, str) or not v for v in values):
        raise PlainFileError(path, line_of(entry), f"{field}: expected a list of texts")
    return tuple(values)


def only_fields(path: Path, entry: Any, allowed: tuple[str, ...]) -> None:
    """A misspelt field is a mistake, not an extra."""
    if not isinstance(entry, dict):
        raise PlainFileError(path, line_of(entry), f"expected a mapping, got {entry!r}")
    for field in entry:
        if field not in allowed:
            known = ", ".join(allowed)
            raise PlainFileError(path, line_of(entry), f"{field}: unknown field (known: {known})")
