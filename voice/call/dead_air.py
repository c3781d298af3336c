"""How long the caller has heard nothing while it is our turn."""

from voice.turn.filler import Filler

_SYLLABLE = 0.25
"""Seconds that a character of a filler takes at an elder's pace."""


class DeadAir:
    """One call's: tells the filler's decider whose turn it is, and how long a filler sounds."""

    def __init__(self) -> None:
        self._filler = Filler()
        self._ours = self._sounds = False
        self._until: float | None = None
        """When the filler that is being said will be over."""

    def ours(self, now: float) -> None:
        """It is our turn, and nothing of ours sounds just now."""
        if not self._ours:
            self._filler.thinking(now)
        elif self._sounds:
            self._filler.said(now)
        self._ours, self._sounds = True, False

    def sounds(self) -> None:
        """The caller hears us."""
        self._sounds, self._until = True, None
        self._filler.saying()

    def theirs(self) -> None:
        """It is the caller's turn, or somebody else's."""
        self._ours = self._sounds = False
        self._until = None
        self._filler.answered()

    def due(self, now: float) -> int | None:
        """The place of the filler that has to be said now, told once."""
        if self._until is not None and now >= self._until:
            self._filler.said(self._until)
            self._until = None
        return self._filler.due(now) if self._until is None else None

    def filled(self, text: str, now: float) -> None:
        """A filler is said."""
        self._until = now + len(text) * _SYLLABLE

    def next_due(self) -> float | None:
        """When `due` has to be asked again, if nothing happens until then."""
        return self._until if self._until is not None else self._filler.next_due()
