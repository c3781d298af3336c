"""How long each decider waits, from `data/turn/delays.yml`; seconds where nothing else is said."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from care.data_files import DATA, load_model
from voice.turn.data_file import Strict

Seconds = Annotated[float, Field(gt=0, le=120)]
Share = Annotated[float, Field(gt=0, le=1)]


class EndDelays(Strict):
    """From the caller's last sound to our turn."""

    complete: Seconds
    murmur: Seconds
    otherwise: Seconds
    inside: Seconds
    digits: Seconds
    short: Seconds
    faint: Seconds
    patient: Seconds
    longest: Seconds

    @model_validator(mode="after")
    def _rises(self) -> "EndDelays":
        waits = (self.complete, self.murmur, self.otherwise, self.inside, self.digits)
        if list(waits) != sorted(waits):
            raise ValueError("expected complete ≤ murmur ≤ otherwise ≤ inside ≤ digits")
        return self


class StartDelays(Strict):
    """The caller begins while we talk."""

    speech: Seconds
    pitched: Seconds
    with_words: Seconds
    gap: Seconds
    before: Seconds
    no_words: Seconds
    mumbling: Seconds
    echo: Share


class SilenceDelays(Strict):
    """Nobody speaks."""

    repeat: Seconds
    still_there: Seconds
    last: Seconds
    breath: Seconds
    asked_to_wait: Seconds


class FillerDelays(Strict):
    """We think."""

    first: Seconds
    dead_air: Seconds
    ahead: Seconds
    least: Seconds


class KeyDelays(Strict):
    """Keys are pressed one after the other."""

    pause: Seconds
    lone_zero: Seconds


class Delays(Strict):
    """All of the file."""

    end: EndDelays
    start: StartDelays
    silence: SilenceDelays
    filler: FillerDelays
    keys: KeyDelays


@lru_cache(maxsize=4)
def delays(data: Path = DATA) -> Delays:
    """Reads the data folder once; raises DataFileError."""
    return load_model(data / "turn" / "delays.yml", Delays)
