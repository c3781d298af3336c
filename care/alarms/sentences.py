"""The sentences of `data/alarms/sentences.yml`."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import DATA, load_model, placeholders

_PLACES = {
    "not_found": {"ref"},
    "taken": {"ref", "by"},
    "wrong_state": {"ref", "state"},
    "no_outcome": {"outcome", "known"},
    "done": {"ref", "state"},
    "whole": {"events", "mark"},
    "broken": {"event", "ref", "problem", "events"},
    "broken_state": {"ref", "problem"},
}
"""The placeholders that each sentence may use."""


class Sentences(BaseModel):
    """Every sentence by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    none_open: str
    not_found: str
    taken: str
    wrong_state: str
    no_name: str
    no_reason: str
    no_outcome: str
    done: str
    no_period: str
    whole: str
    whole_empty: str
    broken: str
    broken_state: str
    bad_mark: str

    @model_validator(mode="after")
    def _placeholders_are_known(self) -> "Sentences":
        for name, sentence in self:
            if unknown := placeholders(sentence) - _PLACES.get(name, set()):
                raise ValueError(f"{name}: unknown placeholder {{{min(unknown)}}}")
        return self

    @classmethod
    def load(cls, data: Path = DATA) -> "Sentences":
        """Raises DataFileError."""
        return load_model(data / "alarms" / "sentences.yml", cls)
