"""What is said to keep a call going, from `data/turn/prompts.yml`."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from care.data_files import DATA, load_model
from voice.turn.data_file import Strict
from voice.turn.pace_words import Wish

Variants = Annotated[tuple[Annotated[str, Field(min_length=2)], ...], Field(min_length=1)]


class TurnPrompts(Strict):
    """All of the file."""

    fillers: Annotated[tuple[Variants, ...], Field(min_length=1)]
    repeat: Variants
    still_there: Variants
    goodbye: Variants
    person: Variants
    waiting: Variants
    just_speak: Variants
    at_limit: dict[Wish, Variants]

    def filler(self, place: int, said_before: str | None = None) -> str:
        """The one at `place` (from 0), another variant than the one that was `said_before`."""
        variants = self.fillers[min(place, len(self.fillers) - 1)]
        return next((text for text in variants if text != said_before), variants[0])

    def texts(self) -> Iterator[str]:
        """Everything in it, to be rendered beforehand."""
        for each in (*self.fillers, self.repeat, self.still_there, self.goodbye, self.person):
            yield from each
        for each in (self.waiting, self.just_speak, *self.at_limit.values()):
            yield from each


@lru_cache(maxsize=4)
def turn_prompts(data: Path = DATA) -> TurnPrompts:
    """Reads the data folder once; raises DataFileError."""
    return load_model(data / "turn" / "prompts.yml", TurnPrompts)
