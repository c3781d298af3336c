"""The caller at the telephone, or a television behind them: told apart by loudness."""

from collections import deque

from voice.turn.voiced import SURE, Voiced

FAR = 15.0
"""dB that a voice across the room is weaker at least than one at the telephone."""

_UNKNOWN = -42.0
"""dB below full scale from which somebody is near as long as the caller hasn't been heard: callers
speak at −16 to −35 (ITU-T P.56)."""

_FAINTEST = -58.0
"""dB below full scale; below is the noise of a line."""

_WINDOWS = 5
"""Windows of speech (160 ms) that tell how loud somebody speaks: a click is one or two."""

_LEARNS = 0.3
"""How much of a new turn goes into what is known of the caller."""


class Nearness:
    """One call's: how loud the caller is, learnt from the turns that had words."""

    def __init__(self) -> None:
        self._caller: float | None = None
        self._recent: deque[float] = deque(maxlen=_WINDOWS)
        self._loudest: float | None = None
        """dB of the voice in this turn."""

    def hear(self, voiced: Voiced) -> None:
        """A window of this turn."""
        if voiced.probability < SURE:
            return
        self._recent.append(voiced.level)
        if len(self._recent) == _WINDOWS:
            steady = sorted(self._recent)[_WINDOWS // 2]
            self._loudest = steady if self._loudest is None else max(self._loudest, steady)

    def is_near(self, voiced: Voiced) -> bool:
        """Whether the voice is as loud as this caller's: to be asked before it may interrupt us."""
        least = _UNKNOWN if self._caller is None else self._caller - FAR
        return voiced.level >= max(_FAINTEST, least)

    def goes_on(self, voiced: Voiced) -> bool:
        """Whether it is as loud as the voice that leads this turn. Nobody is too faint to lead."""
        return self._loudest is None or voiced.level >= self._loudest - FAR

    @property
    def is_far(self) -> bool:
        """Whether this turn is so much fainter than the caller that it may be somebody else's."""
        if self._caller is None or self._loudest is None:
            return False
        return self._loudest < self._caller - FAR

    def turn_over(self, *, had_words: bool) -> None:
        """Learns how loud the caller is, if it was they who spoke."""
        if had_words and self._loudest is not None and not self.is_far:
            known = self._loudest if self._caller is None else self._caller
            self._caller = known + _LEARNS * (self._loudest - known)
        self._loudest = None
        self._recent.clear()
