"""Why audio can't be read or written, in one sentence from `data/speech/audio_errors.yml`."""

from functools import cache
from pathlib import Path
from string import Formatter

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from care.data_files import DATA, DataFileError, read_yaml

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
            unknown = _placeholders(sentence) - _PLACES.get(name, {"name"})
            if unknown:
                raise ValueError(f"{name}: unknown placeholder {{{min(unknown)}}}")
        return self


def _placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def load_sentences(data: Path) -> Sentences:
    """Reads the data folder; a bad file raises DataFileError."""
    path = data / "speech" / "audio_errors.yml"
    content = read_yaml(path)
    try:
        return Sentences.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        line = content.lc.key(name)[0] + 1 if name and name in content else 1
        problem = f"{name}: {first['msg']}" if name else str(first["msg"])
        raise DataFileError(path, line, problem) from error


@cache
def _sentences() -> Sentences:
    return load_sentences(DATA)


def audio_error(kind: str, path: Path, **details: object) -> AudioError:
    """The error `kind` (a field of Sentences) about a file, ready to be raised."""
    sentence: str = getattr(_sentences(), kind)
    return AudioError(sentence.format(name=path.name or str(path), **details))
