"""The voices that are offered, from `data/speech/voices.yml`."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from care.data_files import DATA, DataFileError, read_yaml
from care.language.marked_yaml import line_of


class Voice(BaseModel):
    """One speaker."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z]{2}_[a-z]+$")
    label: str
    """As a caller hears or reads it."""

    gender: Literal["female", "male"]
    gain: float = Field(ge=-20, le=20)
    """dB from the voice's own loudness to -19 LUFS; for clauses too short to be measured."""


class Refused(BaseModel):
    """A speaker that the model has but nobody should hear."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    reason: str


class Sentences(BaseModel):
    """What the command line says to bad input."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    empty: str
    too_long: str
    voice: str
    rate: str
    volume: str
    speed: str
    pauses: str
    folder: str
    not_set_up: str
    failed: str
    done: str
    fallback: str


class Voices(BaseModel):
    """All of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    default: str
    male: str
    offered: list[Voice] = Field(min_length=1)
    refused: list[Refused]
    says: Sentences

    def find(self, name: str) -> Voice:
        """The voice with this id; raises VoiceError with a sentence for the reader."""
        for voice in self.offered:
            if voice.id == name:
                return voice
        for refused in self.refused:
            if refused.id == name:
                raise VoiceError(refused.reason)
        offered = "、".join(f"{voice.id}({voice.label})" for voice in self.offered)
        raise VoiceError(self.says.voice.format(name=name, offered=offered))


class VoiceError(ValueError):
    """A voice that isn't offered; the text is a Chinese sentence for whoever chose it."""


def load_voices(data: Path = DATA) -> Voices:
    """Reads the data folder; a bad file raises DataFileError."""
    path = data / "speech" / "voices.yml"
    content = read_yaml(path)
    try:
        voices = Voices.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        raise DataFileError(path, line_of(content, name), f"{name}: {first['msg']}") from error
    for name in (voices.default, voices.male):
        if name not in {voice.id for voice in voices.offered}:
            raise DataFileError(path, 1, f"'{name}' is not among the offered voices")
    return voices
