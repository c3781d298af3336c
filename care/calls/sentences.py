"""The sentences of `data/call_records/sentences.yml`."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import DATA, load_model, placeholders

_PLACES = {
    "key_readable_by_others": {"path"},
    "key_not_readable": {"path"},
    "key_not_writable": {"path"},
    "key_spoiled": {"path", "line"},
    "key_missing": {"path"},
    "wrong_key": {"name", "id", "path"},
    "file_missing": {"name"},
    "file_not_readable": {"name"},
    "not_sealed": {"name"},
    "damaged": {"name"},
    "no_call": {"ref"},
    "no_recording": {"ref"},
    "recording_refused": {"ref"},
    "recording_expired": {"ref", "day"},
    "recording_in_progress": {"name", "seconds"},
    "bad_folder": {"path"},
    "played": {"path", "seconds"},
    "expired": {"files", "calls", "days"},
    "not_deleted": {"files", "path"},
    "new_key": {"id", "path"},
}
"""The placeholders that each sentence may use."""


class Sentences(BaseModel):
    """Every sentence by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key_readable_by_others: str
    key_not_readable: str
    key_not_writable: str
    key_spoiled: str
    key_missing: str
    wrong_key: str
    file_missing: str
    file_not_readable: str
    not_sealed: str
    damaged: str
    no_call: str
    no_calls: str
    no_name: str
    no_recording: str
    recording_refused: str
    recording_expired: str
    recording_in_progress: str
    bad_folder: str
    played: str
    expired: str
    not_deleted: str
    new_key: str

    @model_validator(mode="after")
    def _placeholders_are_known(self) -> "Sentences":
        for name, sentence in self:
            if unknown := placeholders(sentence) - _PLACES.get(name, set()):
                raise ValueError(f"{name}: unknown placeholder {{{min(unknown)}}}")
        return self


def load_sentences(data: Path) -> Sentences:
    """Reads the data folder; a bad file raises DataFileError."""
    return load_model(data / "call_records" / "sentences.yml", Sentences)


@cache
def _sentences() -> Sentences:
    return load_sentences(DATA)


def sentence(kind: str, /, **details: object) -> str:
    """The sentence `kind` (a field of Sentences) with its details put in."""
    text: str = getattr(_sentences(), kind)
    return text.format(**details)
