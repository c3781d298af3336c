"""What callers say about the call itself: no recording, goodbye."""

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA, load_model

_AROUND = 4
"""Characters that may stand around a goodbye (那好,再见啊); more says something of its own."""

_EDGES = " ,.!?、。,啊吧了呀哦嗯"


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    no_recording: tuple[str, ...] = Field(min_length=1)
    goodbye: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class AboutCall:
    """Reads one utterance (normalised)."""

    no_recording: re.Pattern[str]
    goodbye: re.Pattern[str]

    @classmethod
    def load(cls, data: Path = DATA) -> "AboutCall":
        """Reads `call/words.yml`; raises DataFileError."""
        words = load_model(data / "call" / "words.yml", _Words)
        return cls(_any_of(words.no_recording), _any_of(words.goodbye))

    def without_refusal(self, text: str) -> str | None:
        """What is left of 不同意录音,我要订饭 without the refusal; None when nothing is refused."""
        if not self.no_recording.search(text):
            return None
        rest = self.no_recording.sub("", text).strip(_EDGES)
        return rest if len(rest) > 2 else ""

    def says_goodbye(self, text: str) -> bool:
        """Whether the caller is about to hang up."""
        found = self.goodbye.search(text)
        return found is not None and len(text) - len(found[0]) <= _AROUND


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
