"""Utterances to train on: a folder of WAV files and a list of what is said in each."""

import json
import wave
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from voice.model.acoustic.cepstra import RATE, Floats
from voice.model.units import UNITS

LIST = "utterances.jsonl"
_NUMBER = {unit: number for number, unit in enumerate(UNITS, start=1)}


@dataclass(frozen=True)
class Utterance:
    """One recording, 16 kHz and 16 bits."""

    file: str
    """Name inside the folder of its list."""
    text: str
    units: tuple[str, ...]
    """Initials and finals, in the order in which they are said."""
    speaker: str
    source: str
    """`recorded` for people; for synthetic speech the kind of its text."""
    seconds: float
    folder: Path = Path()

    @property
    def labels(self) -> list[int]:
        """Numbers for CTC; 0 is its blank."""
        return [_NUMBER[unit] for unit in self.units]

    def samples(self) -> Floats:
        """In the range of 16-bit numbers."""
        with wave.open(str(self.folder / self.file)) as sound:
            frames = sound.readframes(sound.getnframes())
        return np.frombuffer(frames, "<i2").astype(np.float32)


def read_corpus(folder: Path) -> list[Utterance]:
    """What is on the list by now; a folder may still be growing."""
    path = folder / LIST
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as lines:
        return [
            Utterance(**{**entry, "units": tuple(entry["units"]), "folder": folder})
            for entry in _entries(lines)
        ]


def add(folder: Path, utterance: Utterance, samples: Floats) -> None:
    """Writes the sound first and the list after it, so that a kill leaves no broken entry."""
    path = folder / utterance.file
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(np.clip(samples, -32_768, 32_767).astype("<i2").tobytes())
    entry = asdict(utterance)
    del entry["folder"]
    with (folder / LIST).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _entries(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.endswith("\n"):  # the last line may be half written
            yield json.loads(line)
