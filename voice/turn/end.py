"""The end of the caller's turn: from their last sound until it is ours to speak."""

from voice.turn.delays import EndDelays, delays
from voice.turn.expectation import Expectation
from voice.turn.hesitation import Hesitation
from voice.turn.nearness import Nearness
from voice.turn.sentences import said
from voice.turn.voiced import Voiced
from voice.turn.wait import Wait, seconds_of, wait_after

_LATE = 0.3
"""Seconds that the recogniser's text comes after its sound, as a rule."""

_LATEST = 0.55
"""The same at most: text that comes so long after a clear voice may still be of that voice."""

_STRETCHED = frozenset((Wait.OTHERWISE, Wait.INSIDE))
"""Pauses that are longer for a caller who hesitates; a plain answer stays a plain answer."""


class TurnEnd:
    """One call's; `begin` before each turn of the caller.

    A pause means another thing after 对 than after 我想问一下 or 幺三八, so what was said decides
    how long it must be; what the recogniser adds during the pause decides anew.
    """

    def __init__(
        self,
        waits: EndDelays | None = None,
        *,
        nearness: Nearness | None = None,
        hesitation: Hesitation | None = None,
    ) -> None:
        self._waits = waits or delays().end
        self.nearness = nearness or Nearness()
        self._hesitation = hesitation or Hesitation()
        self._expectation = Expectation.ANYTHING
        self.begin()

    def begin(self) -> None:
        """It is the caller's turn now, and nothing was heard of it yet."""
        self._text = ""
        self._wait = Wait.OTHERWISE
        self._began: float | None = None
        self._voice = 0.0
        """Seconds of it so far."""
        self._last: float | None = None
        """When the caller's last sound ended."""
        self._clear: float | None = None
        """The same of sound that was loud enough to be theirs."""
        self._speaks = False

    def expect(self, expectation: Expectation) -> None:
        """What the question is that the caller answers."""
        self._expectation = expectation
        self._wait = wait_after(self._text, expectation)

    def hear(self, voiced: Voiced) -> None:
        """The next window of the caller's sound."""
        self.nearness.hear(voiced)
        self._speaks = voiced.is_speech(goes_on=self._speaks)
        if not self._speaks or not self.nearness.goes_on(voiced):
            return
        if self._began is None:
            self._began = voiced.start
        if self._last is not None:
            self._hesitation.went_on(voiced.start - self._last)
        self._voice += voiced.seconds
        self._last = self._clear = max(self._last or voiced.end, voiced.end)

    def partial(self, text: str, now: float) -> None:
        """All that the recogniser has of this turn so far, closed segments included."""
        grew = len(said(text)) > len(said(self._text))
        if text != self._text:
            self._text = text
            self._wait = wait_after(text, self._expectation)
        if not grew:
            return
        if self._last is None or self._began is None:
            # A voice too faint to be seen: its words are the only sign.
            self._began = self._last = self._clear = now - _LATE
        elif self._clear is not None and now - _LATEST - self._clear <= self._waits.faint:
            self._last = max(self._last, now - _LATEST)

    @property
    def text(self) -> str:
        """All that was heard of this turn so far."""
        return self._text

    @property
    def has_begun(self) -> bool:
        """Whether the caller said anything yet: a word, or sound that is no click."""
        return self._began is not None and bool(self._voice >= self._waits.short or self._text)

    @property
    def has_words(self) -> bool:
        """Whether any were heard; a cough is a turn without, and gets no answer."""
        return bool(said(self._text))

    @property
    def last_sound(self) -> float | None:
        """When the caller's last sound ended; answers are counted from here."""
        return self._last

    @property
    def wait(self) -> Wait:
        """What kind of pause is needed now; for the call's record."""
        return self._wait

    def due(self, now: float) -> bool:
        """Whether the turn is ours."""
        at = self.next_due()
        return at is not None and now >= at

    def next_due(self) -> float | None:
        """When it will be ours if nothing more is heard; None as long as nothing was."""
        if not self.has_begun or self._last is None or self._began is None:
            return None
        wait = seconds_of(self._wait, self._waits)
        if self._wait in _STRETCHED:
            wait = self._hesitation.stretched(wait, self._waits.patient)
        if self._last - self._began >= self._waits.longest:
            wait = min(wait, self._waits.complete)
        return self._last + wait

    def over(self) -> None:
        """The turn was taken; what is known of the caller's voice is kept, `begin` comes next."""
        self.nearness.turn_over(had_words=self.has_words)
        self.begin()
