"""Reads `data/*.yml` into validated models; a bad file names itself and its line."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from care.language.marked_yaml import FaultError, line_of, parse

DATA = Path(__file__).resolve().parent.parent / "data"
"""The project's data folder; loaders take a folder argument so that tests can pass another."""

Model = TypeVar("Model", bound=BaseModel)


class DataFileError(ValueError):
    """A data file that cannot be used: file name, line (1-based) and what is wrong."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}:{line}: {problem}")
        self.path, self.line, self.problem = path, line, problem


def read_yaml(path: Path) -> Any:
    """The file's content; mappings and lists know their lines (`care.language.marked_yaml`)."""
    try:
        return parse(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise DataFileError(path, 1, "the file is missing") from error
    except FaultError as error:
        raise DataFileError(path, error.line, f"not valid YAML: {error.problem}") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataFileError(path, line, "not UTF-8: save the file with this encoding") from error


def load_models(path: Path, model: type[Model], key: str | None = None) -> list[Model]:
    """Every entry of the list at the top of `path` (or under `key`) as a `model`."""
    return [entry for _, entry in _with_lines(path, model, key)]


def load_model(path: Path, model: type[Model]) -> Model:
    """The whole of `path`, a mapping, as one `model`."""
    return as_model(path, read_yaml(path), model)


def as_model(path: Path, content: Any, model: type[Model]) -> Model:
    """What `read_yaml` gave of `path` as one `model`."""
    return _validated(path, content, content, model)


def placeholders(template: str) -> set[str]:
    """The names in braces of a sentence to be filled in; raises ValueError for a lonely brace."""
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


def load_folder(folder: Path, model: type[Model], unique: str = "id") -> list[Model]:
    """Every entry of every `*.yml` in `folder`; the field `unique` may occur only once."""
    found: list[Model] = []
    seen: set[object] = set()
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise DataFileError(folder, 1, "the folder holds no .yml file")
    for path in paths:
        for line, entry in _with_lines(path, model):
            name = getattr(entry, unique)
            if name in seen:
                raise DataFileError(path, line, f"{unique} '{name}' occurs twice")
            seen.add(name)
            found.append(entry)
    return found


def _with_lines(
    path: Path, model: type[Model], key: str | None = None
) -> Iterator[tuple[int, Model]]:
    content = read_yaml(path)
    entries = content.get(key) if key and isinstance(content, dict) else content
    if not isinstance(entries, list):
        where = f"under '{key}'" if key else "at the top"
        raise DataFileError(path, 1, f"expected a list {where}")
    for index, entry in enumerate(entries):
        yield line_of(entries, index), _validated(path, entries, entry, model, (index,))


def _validated(
    path: Path, content: Any, part: Any, model: type[Model], place: tuple[int, ...] = ()
) -> Model:
    """`part`, which stands at `place` of `content`."""
    try:
        return model.model_validate(part)
    except ValidationError as error:
        first = error.errors()[0]
        # A missing field or a union's branch has no line: that of its parent is the best there is.
        line = line_of(content, *place, *first["loc"])
        raise DataFileError(path, line, _sentence(first)) from error


def _sentence(error: Any) -> str:
    field = ".".join(str(step) for step in error["loc"])
    return f"{field}: {error['msg']}" if field else str(error["msg"])
