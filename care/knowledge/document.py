"""A published document that rules and cards are taken from (`data/documents.yml`)."""

import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from care.data_files import DATA, load_models


class Document(BaseModel):
    """One published document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[0-9]{3}$")
    """Three digits, the name that rules and cards cite."""

    title: str = Field(min_length=4)
    number: str | None = None
    """The document's own number, e.g. 沈政办发〔2023〕27号; None if it carries none."""

    issuer: str = Field(min_length=2)
    date: datetime.date | None = None
    """Day of issue; None if the text doesn't tell it."""

    year: int = Field(ge=2000, le=2100)
    """The year that answers name: of issue, or of publication where the issue isn't known."""

    trust: Literal["official", "repost"]
    """A repost was not published by its issuer; answers from it say so."""

    note: str | None = None
    """What a reader has to know about the text, e.g. that its end is missing."""

    @property
    def shown(self) -> str:
        """As it stands below an answer: 阿拉善盟民政局 2021年."""
        return f"{self.issuer} {self.year}年" + ("(转载)" if self.trust == "repost" else "")

    @model_validator(mode="after")
    def _year_fits_date(self) -> "Document":
        if self.date is not None and self.date.year != self.year:
            raise ValueError(f"the year {self.year} isn't that of the date {self.date}")
        return self


def load_documents(path: Path = DATA / "documents.yml") -> dict[str, Document]:
    """All documents by id.

    Raises:
        DataFileError: the file is missing or holds an entry that isn't a document.
    """
    return {document.id: document for document in load_models(path, Document)}
