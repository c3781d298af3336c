"""The caller's side: whether they talk, and when they have finished."""

from collections import deque
from dataclasses import replace
from enum import StrEnum

from voice.turn.delays import delays
from voice.turn.end import TurnEnd
from voice.turn.expectation import Expectation
from voice.turn.nearness import Nearness
from voice.turn.start import BargeIn
from voice.turn.voiced import SURE, Voiced

_KEPT = 40
"""Windows (1.3 s) of the caller's sound that are kept while we talk: they may be their words."""
_RUNS_ON = 0.3
"""Seconds; a voice so shortly before our last sound is the beginning of an answer."""


class Change(StrEnum):
    """What the caller's voice does to ours."""

    STOP = "stop"
    GO_ON = "go on"
    """It was nothing: what we said goes on."""


class Floor:
    """One call's: deciders of `voice.turn`, and what of the sound belongs to which turn."""

    def __init__(self, end: TurnEnd | None = None, start: BargeIn | None = None) -> None:
        nearness = Nearness()
        self._end = end or TurnEnd(nearness=nearness)
        self._start = start or BargeIn(nearness=nearness)
        self._is_echo = delays().start.echo
        self._playing = False
        self._joined = True
        """Whether the sound goes into the turn: not while we talk, until they are heard to talk."""
        self._kept: deque[Voiced] = deque(maxlen=_KEPT)
        self._text = ""
        """Everything heard since the last turn, also what was heard while we talked."""
        self.slot: str | None = None
        """That was asked for last."""
        self.voiced = 0.0
        """Seconds of voice in this turn."""

    @property
    def taken(self) -> bool:
        """Whether the caller is talking, or has talked and wasn't heard out yet."""
        return self._joined and self._end.has_begun

    @property
    def leftover(self) -> bool:
        """Whether words were heard that belong to no turn: 嗯, 好 while we talked."""
        return bool(self._text) and not self.taken

    def expect(self, slot: str | None) -> None:
        """What the caller is asked for, also while the question is still being said."""
        self.slot = slot
        expectation = Expectation.of_slot(slot)
        self._end.expect(expectation)
        self._start.expect(expectation)

    def we_talk(self, interruptible: bool) -> None:
        """Our voice begins."""
        if not self.taken:
            self._joined = False
        self._playing = True
        self._start.began(interruptible=interruptible)

    def we_are_silent(self, now: float) -> None:
        """Our voice is over, and won't go on."""
        self._start.over()
        if not self._playing:
            return
        self._playing = False
        if not self._joined:
            run = [each for each in self._kept if each.end > now - _KEPT * 0.032]
            runs_on = any(v.probability >= SURE and v.end >= now - _RUNS_ON for v in run)
            self._join(_last_run(run) if runs_on else [], now)
            if not runs_on:
                self._end.begin()

    def hear(self, voiced: Voiced, echo: float | None, now: float) -> Change | None:
        """The next window of sound; where it is our own voice that comes back, nobody spoke."""
        start = self._start.hear(voiced, self._playing, echo)
        own = echo is not None and echo >= self._is_echo
        theirs = replace(voiced, probability=0.0, pitch=0.0) if own else voiced
        if self._joined:
            self._take(theirs)
        else:
            self._kept.append(theirs)
        if start is None:
            return None
        since = start.since
        return self._started([each for each in self._kept if each.end > since], start.stops, now)

    def partial(self, text: str, now: float) -> Change | None:
        """All that was heard since the last turn."""
        self._text = text
        start = self._start.partial(text, now, self._playing)
        if self._joined:
            self._end.partial(text, now)
        if start is None:
            return None
        since = start.since
        return self._started([each for each in self._kept if each.end > since], start.stops, now)

    def tend(self, now: float) -> Change | None:
        """Whether it turned out that nothing was said."""
        return Change.GO_ON if self._start.tick(now) is not None else None

    def is_over(self, now: float) -> bool:
        """Whether the caller has finished."""
        return self._joined and self._end.due(now)

    def why_over(self, now: float) -> tuple[str, float]:
        """What kind of pause ended the turn, and how many seconds it was."""
        last = self._end.last_sound
        return self._end.wait, 0.0 if last is None else now - last

    def next_over(self) -> float | None:
        """When they will have, if nothing more is heard."""
        return self._end.next_due() if self._joined else None

    def next_tend(self) -> float | None:
        """When `tend` has something to say."""
        return self._start.next_due()

    def forget_words(self) -> None:
        """What was heard while we talked belongs to no turn."""
        self._text = ""

    def clear(self) -> None:
        """The turn was taken; the next one begins."""
        self._end.over()
        self._start.over()
        self._kept.clear()
        self._text, self.voiced = "", 0.0
        self._joined = not self._playing

    def _started(self, words: list[Voiced], stops: bool, now: float) -> Change | None:
        if not self._joined:
            self._join(words, now)
        if not stops:
            return None
        self._playing = False
        return Change.STOP

    def _join(self, words: list[Voiced], now: float) -> None:
        self._end.begin()
        self._joined, self.voiced = True, 0.0
        for each in words:
            self._take(each)
        if self._text and words:
            self._end.partial(self._text, now)
        self._kept.clear()

    def _take(self, voiced: Voiced) -> None:
        self._end.hear(voiced)
        if voiced.probability >= SURE:
            self.voiced += voiced.seconds


def _last_run(windows: list[Voiced]) -> list[Voiced]:
    """From the last beginning of a voice to the end."""
    begin = len(windows)
    for place in range(len(windows) - 1, -1, -1):
        if windows[place].probability >= SURE:
            begin = place
        elif begin - place > 8:
            break
    return windows[begin:]
