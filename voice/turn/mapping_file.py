"""Reads a data file that is one mapping, not a list."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from care.data_files import DataFileError, read_yaml


class Strict(BaseModel):
    """A part of a data file: a misspelt field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Model = TypeVar("Model", bound=BaseModel)


def load_one(path: Path, model: type[Model]) -> Model:
    """The whole of `path` as one `model`. Raises DataFileError with the line of what is wrong."""
    content = read_yaml(path)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise DataFileError(
            path, _line(content, first["loc"]), f"{where}: {first['msg']}"
        ) from error


def _line(content: object, location: tuple[int | str, ...]) -> int:
    line = 1
    for step in location:
        marks = getattr(content, "lc", None)
        if marks is None:
            break
        try:
            line = (marks.item(step) if isinstance(step, int) else marks.key(step))[0] + 1
            content = content[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break  # a field that is missing: the line of what should hold it
    return line
