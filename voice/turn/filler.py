"""We think: a short word before the silence becomes a worry."""

from voice.turn.delays import FillerDelays, delays


class Filler:
    """One call's: when the next filler is to be said, and which one."""

    def __init__(self, waits: FillerDelays | None = None) -> None:
        self._waits = waits or delays().filler
        self._asked: float | None = None
        self._quiet = 0.0
        """When the last sound of either side ended."""
        self._said = 0
        self._speaks = False

    def thinking(self, now: float, last_sound: float | None = None) -> None:
        """The turn is ours and the answer is being made; the caller's last sound was earlier."""
        self._asked = now
        self._quiet = min(now, last_sound if last_sound is not None else now)
        self._said = 0
        self._speaks = False

    def saying(self) -> None:
        """Our voice is in the line: the filler itself, or the answer."""
        self._speaks = True

    def said(self, now: float) -> None:
        """The filler was heard to its end and there is still no answer."""
        self._speaks = False
        self._quiet = now

    def answered(self) -> None:
        """The answer is there: nothing more is filled."""
        self._asked = None

    def due(self, now: float) -> int | None:
        """The place of the filler to say now, 0 for the first, told once; None: none.

        Tell `saying` when it begins and `said` when it ended.
        """
        at = self.next_due()
        if at is None or now < at:
            return None
        self._said += 1
        self._speaks = True
        return self._said - 1

    def next_due(self) -> float | None:
        """When the next one comes if there is no answer; None while nothing is to be filled."""
        if self._asked is None or self._speaks:
            return None
        alive = self._quiet + self._waits.dead_air - self._waits.ahead
        if self._said:
            return alive
        # After a long pause inside a number the air is dead already; a quick answer still may
        # come first, and is better than any filler.
        return max(self._asked + self._waits.least, min(self._asked + self._waits.first, alive))
