"""Why audio can't be read or written, in one sentence from `data/speech/audio_errors.yml`."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import DATA, load_model, placeholders

_PLACES = {
    "bad_rate": {"name", "rate", "lowest", "highest"},
    "too_long": {"name", "limit"},
    "stuck": {"name", "seconds"},
}
"""The placeholders of the sentences that say more than a name."""


class AudioError(ValueError):
    """One Chinese sentence for the user: what is wrong and what to do about it."""


class Sentences(BaseModel):
    """Every sentence by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    missing: str
    folder: str
    not_a_file: str
    unreadable: str
    unwritable: str
    empty: str
    not_audio: str
    damaged: str
    bad_rate: str
    too_long: str
    stuck: str
    no_ffmpeg: str

    @model_validator(mode="after")
    def _placeholders_are_known(self) -> "Sentences":
        for name, sentence in self:
            unknown = placeholders(sentence) - _PLACES.get(name, {"name"})
            if unknown:
                raise ValueError(f"{name}: unknown placeholder {{{min(unknown)}}}")
        return self


def load_sentences(data: Path) -> Sentences:
    """Reads the data folder; a bad file raises DataFileError."""
    return load_model(data / "speech" / "audio_errors.yml", Sentences)


@cache
def _sentences() -> Sentences:
    return load_sentences(DATA)


def audio_error(kind: str, path: Path, **details: object) -> AudioError:
    """The error `kind` (a field of Sentences) about a file, ready to be raised."""
    sentence: str = getattr(_sentences(), kind)
    return AudioError(sentence.format(name=path.name or str(path), **details))
