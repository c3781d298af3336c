"""The caller begins while we talk: whether it is speech, and whether it meant us to stop."""

from dataclasses import dataclass

from voice.turn.backchannel import is_backchannel
from voice.turn.delays import StartDelays, delays
from voice.turn.expectation import Expectation
from voice.turn.nearness import Nearness
from voice.turn.voiced import STILL, Voiced

PITCHED = 0.55
"""Periodicity of a vowel; of the windows of a cough hardly one reaches it."""

_NEAR = 0.35
"""Share of a sentence that is loud: its vowels are, its consonants aren't."""


@dataclass(frozen=True)
class Start:
    """The caller speaks."""

    since: float
    """Their words begin here at the latest: sound from this moment on belongs to them."""

    stops: bool
    """Whether our voice has to stop now; not in what must be heard to its end."""


@dataclass(frozen=True)
class Resume:
    """It was nothing: what we said goes on (`voice.turn.resume` tells from where)."""


@dataclass
class _Sound:
    """What is going on, from its first window of speech."""

    since: float
    last: float
    seconds: float = 0.0
    pitched: float = 0.0
    near: float = 0.0
    """Seconds of it that are as loud as somebody at the telephone."""


class BargeIn:
    """One call's. It is told of every window; `began` and `over` frame each of our utterances."""

    def __init__(
        self, waits: StartDelays | None = None, *, nearness: Nearness | None = None
    ) -> None:
        self._waits = waits or delays().start
        self.nearness = nearness or Nearness()
        self._expectation = Expectation.ANYTHING
        self._interruptible = True
        self._sound: _Sound | None = None
        self._told = False
        """Whether this sound was told as a Start."""
        self._word_at: float | None = None
        self._words = False
        """Whether what was heard since the stop says something."""
        self._stopped: float | None = None

    def began(self, *, interruptible: bool = True) -> None:
        """We begin to talk; alarms and consent are not `interruptible`."""
        self._interruptible = interruptible
        self._stopped = None
        self._words = self._told = False

    def over(self) -> None:
        """We are done, or the caller's turn was taken: there is nothing to go on with."""
        self._stopped = None

    def expect(self, expectation: Expectation) -> None:
        """What our utterance asks for."""
        self._expectation = expectation

    def hear(self, voiced: Voiced, playing: bool, echo: float | None = None) -> Start | None:
        """The next window of the caller's sound; `playing` as long as our voice is in the line.

        `echo` is its similarity to what we play (`voice.turn.echo`), 0–1; None when not looked at.
        """
        is_echo = echo is not None and echo >= self._waits.echo
        # Our own vowels come back too: one that Silero doubts counts only if it was compared.
        is_sure = voiced.probability >= STILL or echo is not None
        if voiced.is_speech(goes_on=self._sound is not None) and is_sure and not is_echo:
            self._take(voiced)
        elif self._sound and voiced.end - self._sound.last > self._waits.gap:
            self._sound, self._told = None, False
        return self._decided(playing)

    def partial(self, text: str, now: float, playing: bool = True) -> Start | None:
        """What the recogniser has of the sound since the last turn."""
        if not text or is_backchannel(text, self._expectation):
            return None
        if self._stopped is not None:
            self._words = True
        self._word_at = now
        return self._decided(playing)

    def tick(self, now: float) -> Resume | None:
        """Told once, when our voice was stopped and no words followed."""
        at = self.next_due()
        if at is None or now < at:
            return None
        self._stopped = None
        return Resume()

    def next_due(self) -> float | None:
        """When our voice will go on if no words are heard; None unless it was stopped."""
        if self._stopped is None or self._words:
            return None
        at = self._stopped + self._waits.no_words
        if self._sound is not None:  # somebody still makes a sound: its words may come late
            at = max(at, self._sound.last + self._waits.gap)
        return min(at, self._stopped + self._waits.mumbling)

    def _take(self, voiced: Voiced) -> None:
        if self._sound is None:
            self._sound = _Sound(voiced.start, voiced.end)
        sound = self._sound
        sound.last = voiced.end
        sound.seconds += voiced.seconds
        if voiced.pitch >= PITCHED:
            sound.pitched += voiced.seconds
        if self.nearness.is_near(voiced):
            sound.near += voiced.seconds

    def _decided(self, playing: bool) -> Start | None:
        sound = self._sound
        if not playing or self._told or sound is None or not self._is_speech(sound):
            return None
        self._told = True
        if self._interruptible:
            self._stopped = sound.last
            self._words = self._has_word(sound)
        return Start(sound.since - self._waits.before, self._interruptible)

    def _is_speech(self, sound: _Sound) -> bool:
        if sound.pitched + 1e-6 < self._waits.pitched or sound.near < _NEAR * sound.seconds:
            return False
        least = self._waits.with_words if self._has_word(sound) else self._waits.speech
        return sound.seconds + 1e-6 >= least

    def _has_word(self, sound: _Sound) -> bool:
        return self._word_at is not None and self._word_at > sound.since
