"""The sentences of `data/operators/sentences.yml`."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import DATA, load_model, placeholders

_PLACES = {
    "name_taken": {"name"},
    "no_such_name": {"name"},
    "password_short": {"least"},
    "password_long": {"most"},
    "locked": {"minutes"},
    "reason_missing": {"most"},
    "admin_made": {"name"},
    "was_reset": {"name"},
    "one_time": {"password"},
}
"""The placeholders that each sentence may use."""


class Sentences(BaseModel):
    """Every sentence by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name_bad: str
    name_taken: str
    no_such_name: str
    no_such_person: str
    display_name_bad: str
    role_bad: str
    last_admin: str
    not_yourself: str
    password_short: str
    password_long: str
    password_common: str
    password_simple: str
    password_has_name: str
    password_same: str
    password_unequal: str
    password_wrong: str
    code_wrong: str
    sign_in_wrong: str
    locked: str
    busy: str
    forged: str
    not_allowed: str
    not_found: str
    bad_request: str
    signed_out: str
    reason_missing: str
    no_number: str
    admin_made: str
    was_reset: str
    still_inactive: str
    one_time: str

    @model_validator(mode="after")
    def _placeholders_are_known(self) -> "Sentences":
        for name, sentence in self:
            if unknown := placeholders(sentence) - _PLACES.get(name, set()):
                raise ValueError(f"{name}: unknown placeholder {{{min(unknown)}}}")
        return self


def load_sentences(data: Path) -> Sentences:
    """Reads the data folder; a bad file raises DataFileError."""
    return load_model(data / "operators" / "sentences.yml", Sentences)


@cache
def _sentences() -> Sentences:
    return load_sentences(DATA)


def sentence(kind: str, /, **details: object) -> str:
    """The sentence `kind` (a field of Sentences) with its details put in."""
    text: str = getattr(_sentences(), kind)
    return text.format(**details)
