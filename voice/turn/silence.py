"""Nobody speaks: the question again, then 您还在吗, then a kind goodbye, or a person."""

from enum import StrEnum

from voice.turn.delays import SilenceDelays, delays


class Step(StrEnum):
    """What is to be done about the silence."""

    REPEAT = "repeat"
    STILL_THERE = "still_there"
    GOODBYE = "goodbye"
    """And a note that somebody calls back."""
    PERSON = "person"
    """And an alarm: something alarming was said before, and now nobody answers."""


_ORDER = (Step.REPEAT, Step.STILL_THERE, Step.GOODBYE)


class Silence:
    """One call's. Its clock runs only between `listening` and the next sound of either side."""

    def __init__(self, waits: SilenceDelays | None = None) -> None:
        self._waits = waits or delays().silence
        self._alarming = False
        self._done = 0
        """Steps of _ORDER taken since the caller was last heard."""
        self._first: float | None = None
        """When the silence began, whatever we said into it."""
        self._since: float | None = None
        """When our last sound ended; None while it isn't the caller's turn."""
        self._patient = False

    def alarming(self) -> None:
        """From now on silence may mean that the caller can't speak."""
        self._alarming = True

    def listening(self, now: float) -> None:
        """Our last sound ended: the caller is expected to speak."""
        self._since = now
        if self._first is None:
            self._first = now

    def talking(self) -> None:
        """We speak or think, or the line is held: the caller isn't asked for anything."""
        self._since = None

    def heard(self) -> None:
        """The caller spoke or pressed a key: all begins anew when we are silent again."""
        self._since = self._first = None
        self._done = 0
        self._patient = False

    def wait(self) -> None:
        """The caller asked for time, to find their glasses or a pen: the first step comes late.

        To be told after `heard`, since the words were a sound of theirs.
        """
        self._patient = True

    def due(self, now: float) -> Step | None:
        """The next step, once, when its time has come; then tell `talking` and `listening`."""
        at = self.next_due()
        if at is None or now < at:
            return None
        step = _ORDER[self._done]
        self._done = min(self._done + 1, len(_ORDER) - 1)
        self._since = None
        return Step.PERSON if step is Step.GOODBYE and self._alarming else step

    def next_due(self) -> float | None:
        """When the next step comes if it stays silent; None while nobody is waited for."""
        if self._since is None or self._first is None:
            return None
        if self._done == 0:
            return self._since + (
                self._waits.asked_to_wait if self._patient else self._waits.repeat
            )
        if self._done == 1:
            at = self._first + self._waits.still_there
            if self._patient:
                at += self._waits.asked_to_wait - self._waits.repeat
            return max(at, self._since + self._waits.breath)
        return self._since + self._waits.last
