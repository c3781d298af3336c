"""The sentences of `data/devices/sentences.yml`."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import DATA, load_model, placeholders

_PLACES = {
    "bad_body": {"field"},
    "too_large": {"most"},
    "too_fast": {"seconds"},
    "unknown_kind": {"kind", "kinds"},
    "unknown_device": {"ref"},
    "taken": {"ref"},
    "bad_ref": {"ref"},
    "bad_controller": {"controller"},
    "unknown_elder": {"phone"},
    "key_file": {"path"},
    "added": {"ref"},
    "new_key": {"ref"},
    "retired": {"ref"},
    "quiet": {"name", "ref", "minutes"},
    "quiet_many": {"count", "refs"},
    "heard_again": {"name", "ref"},
    "fault": {"name", "ref", "fault"},
    "reset": {"name", "ref"},
}
"""The placeholders that each sentence may use."""


class Sentences(BaseModel):
    """Every sentence by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unsigned: str
    bad_signature: str
    stale: str
    replayed: str
    bad_body: str
    too_large: str
    too_fast: str
    not_kept: str
    unknown_kind: str
    unknown_device: str
    taken: str
    bad_ref: str
    bad_controller: str
    unknown_elder: str
    key_file: str
    no_devices: str
    added: str
    new_key: str
    retired: str
    quiet: str
    quiet_many: str
    heard_again: str
    fault: str
    reset: str

    @model_validator(mode="after")
    def _placeholders_are_known(self) -> "Sentences":
        for name, sentence in self:
            if unknown := placeholders(sentence) - _PLACES.get(name, set()):
                raise ValueError(f"{name}: unknown placeholder {{{min(unknown)}}}")
        return self


def load_sentences(data: Path) -> Sentences:
    """Reads the data folder; a bad file raises DataFileError."""
    return load_model(data / "devices" / "sentences.yml", Sentences)


@cache
def _sentences() -> Sentences:
    return load_sentences(DATA)


def sentence(kind: str, /, **details: object) -> str:
    """The sentence `kind` (a field of Sentences) with its details put in."""
    text: str = getattr(_sentences(), kind)
    return text.format(**details)
