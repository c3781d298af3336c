"""What the pictures and tables of calls say: `data/call_records/timeline.yml`."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from care.data_files import load_model

Lane = Literal["elder", "assistant", "operator", "decisions"]
LANES: tuple[Lane, ...] = ("elder", "assistant", "operator", "decisions")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LaneLook(_Strict):
    """One lane: what stands in front of it, and its colour (a style of rich)."""

    label: str
    style: str


class KindLook(_Strict):
    """One kind of event: where it is drawn, and how it is called."""

    lane: Lane
    label: str
    style: str | None = None


class Words(_Strict):
    """Headings and single words."""

    ref: str
    direction: str
    caller: str
    elder: str
    started: str
    rang: str
    talked: str
    ended: str
    consent: str
    recordings: str
    time: str
    lane: str
    event: str
    text: str
    confidence: str
    withheld: str
    unknown: str
    going_on: str
    not_answered: str
    broken_off: str
    deleted: str
    afterwards: str
    forgotten: str


class CallWords(_Strict):
    """The whole file."""

    lanes: dict[Lane, LaneLook]
    directions: dict[str, str]
    consents: dict[str, str]
    speakers: dict[str, str]
    endings: dict[str, str]
    kinds: dict[str, KindLook]
    details: dict[str, str]
    words: Words

    def look(self, kind: str) -> KindLook:
        """How an event looks; a kind that isn't listed is a decision by its own name."""
        return self.kinds.get(kind) or KindLook(lane="decisions", label=kind)

    def style(self, kind: str) -> str:
        """The colour of a kind, or of its lane."""
        look = self.look(kind)
        return look.style or self.lanes[look.lane].style


def load_call_words(data: Path) -> CallWords:
    """Reads the data folder; a bad file raises DataFileError."""
    return load_model(data / "call_records" / "timeline.yml", CallWords)
