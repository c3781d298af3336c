"""What the callers of the benchmark say, and what sort of turn each sentence is."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import load_models

_FILE = Path(__file__).with_name("dialogues.yml")


class Kind(StrEnum):
    """What sort of turn it is."""

    YES_NO = "yes_no"
    REQUEST = "request"
    """A question or a wish that is said whole."""
    ANSWER = "answer"
    """To a question: a day, a count."""
    INSIDE = "inside"
    """An address, a name, a number: it may go on after a pause."""
    EMERGENCY = "emergency"
    """Ends with the words that raise the alarm."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Turn(_Strict):
    say: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=1)
    kind: Kind
    interrupts: Annotated[float, Field(gt=0)] | None = None


class _Dialogue(_Strict):
    name: str
    turns: tuple[_Turn, ...] = Field(min_length=1)


class Turn(_Strict):
    """One sentence of one call."""

    text: str
    kind: Kind
    interrupts: float | None = None
    """Seconds after the first sound of the answer before; None: it is heard to its end."""


Talk = tuple[Turn, ...]
"""One call, sentence by sentence."""


class Dialogues:
    """All of them, in the order of the file."""

    def __init__(self, dialogues: list[_Dialogue]) -> None:
        self._dialogues = dialogues

    def __len__(self) -> int:
        return len(self._dialogues)

    def talk(self, number: int) -> Talk:
        """Of call `number`, from 0 on: dialogue after dialogue, each time round in other words."""
        times, place = divmod(number, len(self._dialogues))
        return tuple(
            Turn(text=turn.say[times % len(turn.say)], kind=turn.kind, interrupts=turn.interrupts)
            for turn in self._dialogues[place].turns
        )

    def texts(self) -> Iterator[str]:
        """Everything that may be said, for the voice to render."""
        for dialogue in self._dialogues:
            for turn in dialogue.turns:
                yield from turn.say


def load_dialogues(path: Path = _FILE) -> Dialogues:
    """Reads the file beside this one; raises DataFileError."""
    return Dialogues(load_models(path, _Dialogue))
