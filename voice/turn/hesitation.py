"""How long this caller pauses inside a sentence."""

from collections import deque

_SHORTEST = 0.25
"""Seconds; shorter stops are consonants."""

_KNOWN = 3
"""Pauses that make a habit."""

_REMEMBERED = 20
_SHARE = 0.8
"""Of the pauses that are waited out."""

_SPARE = 1.15
"""Times that pause, since the next one may be a little longer."""


class Hesitation:
    """One call's: the pauses after which the caller went on."""

    def __init__(self) -> None:
        self._pauses: deque[float] = deque(maxlen=_REMEMBERED)

    def went_on(self, pause: float) -> None:
        """The caller spoke again after so many seconds."""
        if pause >= _SHORTEST:
            self._pauses.append(pause)

    def stretched(self, wait: float, most: float) -> float:
        """`wait`, or up to `most` seconds more for a caller who often pauses longer than that."""
        if len(self._pauses) < _KNOWN:
            return wait
        ranked = sorted(self._pauses)
        usual = ranked[min(len(ranked) - 1, int(_SHARE * len(ranked)))] * _SPARE
        return min(max(wait, usual), wait + most)
