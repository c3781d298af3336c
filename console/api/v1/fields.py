"""Kinds of values that come in, each with its bounds."""

from datetime import date
from typing import Annotated

from fastapi import Header, Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MOST_ID = 2**31 - 1

Number = Annotated[int, Path(ge=1, le=MOST_ID, description="Its id.", examples=[1])]
Id = Annotated[int, Field(ge=1, le=MOST_ID, strict=True)]


# PostgreSQL keeps no NUL, and nobody reads the others.
_Clean = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")]
Code = Annotated[_Clean, Field(max_length=32)]
Name = Annotated[_Clean, Field(max_length=64)]
Long = Annotated[_Clean, Field(max_length=1000)]
"""The care services have limits of their own, and a sentence for each."""

Token = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="Your own number of this request: asked for again under it, it is done once.",
        examples=["8e03978e-40d5-43e8-bc93-6894a57f9324"],
    ),
]
Version = Annotated[
    str,
    Header(
        alias="If-Match",
        max_length=255,
        description="The ETag that you read: somebody else may have changed it since.",
        examples=['"41"'],
    ),
]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))]


class Body(BaseModel):
    """What is sent; a name that nobody knows is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")
