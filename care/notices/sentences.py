"""The sentences of `data/notices/sentences.yml`, and what a failure's code means in words."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import DATA, load_model, placeholders

_PLACES = {
    "all_through": {"count"},
    "some_failed": {"count", "failed"},
    "http": {"code"},
    "refused": {"code"},
    "other": {"reason"},
}
"""The placeholders that each sentence may use."""

_WHOLE = {
    "timeout": "timeout",
    "unreachable": "unreachable",
    "not sent": "not_sent",
    "no telephone": "no_telephone",
}


class Sentences(BaseModel):
    """Every sentence by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    test_title: str
    test_text: str
    test_spoken: str
    nobody: str
    all_through: str
    some_failed: str
    told: str
    timeout: str
    unreachable: str
    http: str
    refused: str
    not_sent: str
    no_telephone: str
    not_reached: str
    other: str

    @model_validator(mode="after")
    def _placeholders_are_known(self) -> "Sentences":
        for name, sentence in self:
            if unknown := placeholders(sentence) - _PLACES.get(name, set()):
                raise ValueError(f"{name}: unknown placeholder {{{min(unknown)}}}")
        return self

    def outcome(self, error: str | None) -> str:
        """What became of an attempt (`care.notices.channel.ChannelError.reason`)."""
        if error is None:
            return self.told
        if error in _WHOLE:
            said: str = getattr(self, _WHOLE[error])
            return said
        kind, _, rest = error.partition(" ")
        match kind:
            case "http":
                return self.http.format(code=rest)
            case "refused":
                return self.refused.format(code=rest)
            case "not" if rest.startswith("reached"):
                return self.not_reached
        return self.other.format(reason=error)


@cache
def load_sentences(data: Path = DATA) -> Sentences:
    """Reads the data folder; a bad file raises DataFileError."""
    return load_model(data / "notices" / "sentences.yml", Sentences)
