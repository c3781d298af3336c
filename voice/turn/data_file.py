"""What the data files of the turn are made of."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A part of a data file: a misspelt field is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Texts = Annotated[tuple[str, ...], Field(min_length=1)]


def _can_be_read(patterns: tuple[str, ...]) -> tuple[str, ...]:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"'{pattern}' is no regular expression: {error}") from error
    return patterns


Patterns = Annotated[Texts, AfterValidator(_can_be_read)]
"""Regular expressions."""
