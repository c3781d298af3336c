"""A piece of text that is synthesised at once, and the pause after it."""

import re
from dataclasses import dataclass

ENDS = "。！？!?"
INSIDE = "，；：,;:…—"
MARKS = ENDS + INSIDE + "、"
PAUSES = {"，": 0.22, ",": 0.22, "、": 0.2, "：": 0.25, ":": 0.25, "；": 0.3, ";": 0.3}
"""Seconds after a mark at the usual pauses; any other mark: `_PAUSE`."""
_PAUSE = 0.35

LONGEST = 36
"""Syllables of any piece at most: about 200 of the 510 tokens that the network takes."""

SPEECH = re.compile(rf"[^\s{MARKS}]")
"""A character that is spoken."""


@dataclass(frozen=True)
class Clause:
    """A piece that is synthesised at once."""

    text: str
    """With its marks."""

    @property
    def pause(self) -> float:
        """Seconds of silence after it, at the usual pauses."""
        return PAUSES.get(self.text[-1], _PAUSE if self.text[-1] in MARKS else 0.0)

    @property
    def syllables(self) -> int:
        """Characters that are spoken."""
        return len(SPEECH.findall(self.text))

    @property
    def pauses_inside(self) -> bool:
        """Whether a mark stands between its first and its last spoken character."""
        return any(mark in self.text.rstrip(MARKS) for mark in MARKS)
