"""How one caller hears us: as they asked for it, and as they speak themselves."""

from bisect import bisect_left
from dataclasses import replace

from voice.synthesis.port import LIMITS, Style
from voice.turn.pace_words import PaceWords, Wish, pace_words

_LEARNS = 0.3
"""How much of a new turn goes into what is known of the caller's rate."""

_SHORTEST = 4
"""Syllables of a turn that tells a rate; 对 tells none."""


class Pace:
    """One call's.

    A wish changes the speed by one of a few steps, since what is rendered beforehand is rendered at
    these. The caller's own rate changes only our pauses: they cost no rendering, and help elders
    more than stretched words do.
    """

    def __init__(self, style: Style | None = None, words: PaceWords | None = None) -> None:
        self._words = words or pace_words()
        self._style = style or Style()
        self._rate: float | None = None
        self._wished = 1.0
        """Pauses that were asked for, times the usual ones."""

    @property
    def style(self) -> Style:
        """For what is said next."""
        pauses = _within("pauses", self._style.pauses * max(self._wished, self._own_pauses()))
        return replace(self._style, pauses=pauses)

    def wish(self, wish: Wish) -> bool:
        """Does what the caller asked for; False when it can't be more so, or is a mere repeat."""
        before = self.style
        match wish:
            case Wish.SLOWER:
                self._step(-1)
                self._wished += self._words.longer
            case Wish.FASTER:
                self._step(1)
                self._wished = 1.0
                self._rate = None  # who asks for it faster isn't slowed down for speaking slowly
            case Wish.LOUDER:
                self._loudness(self._words.louder)
            case Wish.SOFTER:
                self._loudness(-self._words.louder)
        return self.style != before

    def heard(self, syllables: int, seconds: float) -> None:
        """The caller said so much in so long, pauses of their own included."""
        if syllables < _SHORTEST or seconds <= 0:
            return
        rate = syllables / seconds
        known = rate if self._rate is None else self._rate
        self._rate = known + _LEARNS * (rate - known)

    def _step(self, by: int) -> None:
        speeds = sorted(self._words.speeds)
        now = self._style.speed
        if by < 0:
            slower = [speed for speed in speeds if speed < now]
            speed = slower[-1] if slower else now
        else:
            place = bisect_left(speeds, now + 1e-9)
            speed = speeds[place] if place < len(speeds) else now
        self._style = replace(self._style, speed=_within("speed", speed))

    def _loudness(self, by: float) -> None:
        self._style = replace(self._style, volume=_within("volume", self._style.volume + by))

    def _own_pauses(self) -> float:
        """Slow callers get long pauses."""
        if self._rate is None:
            return 1.0
        slow = [each for each in self._words.rates if self._rate < each.below]
        return max((each.pauses for each in slow), default=1.0)


def _within(field: str, value: float) -> float:
    least, most = LIMITS[field]
    return min(max(value, least), most)
