"""What the desk calls things: `data/desk/words.yml`."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DataFileError, load_model
from care.desk.state import SeatState


class WrapUp(BaseModel):
    """One way in which a caller's case can end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z_]{1,32}$")
    label: str


class Words(BaseModel):
    """Chinese words for codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wrap_ups: tuple[WrapUp, ...] = Field(min_length=1)
    reasons: dict[str, str]
    topics: dict[str, str]
    small_talk: dict[str, str]
    slots: dict[str, str]
    channels: dict[str, str]
    seats: dict[SeatState, str]
    facts: dict[str, str]
    handover_events: dict[str, str]

    @classmethod
    def load(cls, data: Path) -> "Words":
        """Reads the data folder. Raises DataFileError."""
        path = data / "desk" / "words.yml"
        words = load_model(path, cls)
        for state in SeatState:
            if state not in words.seats:
                raise DataFileError(path, 1, f"seats: '{state.value}' is missing")
        return words

    def wrap_up(self, code: str) -> WrapUp | None:
        """The ending of this code."""
        return next((each for each in self.wrap_ups if each.id == code), None)

    def intent(self, intent: str) -> str:
        """What an utterance was taken for."""
        return self.topics.get(intent) or self.small_talk.get(intent) or intent

    def reason(self, reason: str) -> str:
        """Why a caller came to a person."""
        return self.reasons.get(reason, "要找人工")

    def channel(self, channel: str) -> str:
        """How they reached us."""
        return self.channels.get(channel, channel)
