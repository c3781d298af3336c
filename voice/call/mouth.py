"""What we are saying, what is to be said next, and what was broken off: it only keeps book."""

from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum

from voice.call.actions import Action, GoOn, Say, StopTalking
from voice.synthesis.port import LIMITS, Style

_BRISK = 0.45
"""Times the voice's own pace that a greeting is faster."""


class Then(StrEnum):
    """What follows when an utterance was heard to its end."""

    LISTEN = "listen"
    TRANSFER = "transfer"
    HANG_UP = "hang up"
    WAIT = "wait"
    """For something that isn't the caller: a place in the queue, an operator."""


@dataclass(frozen=True)
class Utterance:
    """One thing to say without a break."""

    text: str
    interruptible: bool = True
    """False where every word counts: the greeting, the first words after an alarm."""
    expects: str | None = None
    """The slot that is asked for."""
    then: Then = Then.LISTEN
    brisk: bool = False
    """Spoken faster: everybody waits for the end of a greeting."""
    told: bool = True
    """Whether 再说一遍 means this one; not so for 您还在吗."""
    tells_recording: bool = False
    """Whoever has heard it to its end knows that the call is recorded."""


@dataclass
class Mouth:
    """One call's."""

    style: Style = field(default_factory=Style)
    last: Utterance | None = None
    """What 再说一遍 means."""

    _id: int = 0
    """Of what is being said, or was said last."""
    _highest: int = 0
    _saying: Utterance | None = None
    _started: bool = False
    _waiting: deque[Utterance] = field(default_factory=deque)
    _broken: tuple[int, Utterance, float] | None = None

    @property
    def saying(self) -> Utterance | None:
        """What is being said, or about to be."""
        return self._saying

    @property
    def sounds(self) -> bool:
        """Whether the caller hears us now."""
        return self._started

    @property
    def broken(self) -> bool:
        """Whether a sentence stands half said."""
        return self._broken is not None

    def say(self, utterance: Utterance) -> list[Action]:
        """Now, or after what is being said."""
        self._broken = None
        self._waiting.append(utterance)
        return self.next()

    def started(self, number: int) -> bool:
        """Whether that was ours to know: the first sound of what is being said."""
        if number == self._id and self._saying is not None:
            self._started = True
            return True
        return False

    def ended(self, number: int) -> tuple[Utterance | None, list[Action]]:
        """The utterance that was heard to its end, and the next one's beginning."""
        if number != self._id or self._saying is None:
            return None, []
        done, self._saying, self._started = self._saying, None, False
        return done, self.next()

    @property
    def waits(self) -> bool:
        """Whether something has to be said as soon as the caller has finished (`next`)."""
        return bool(self._waiting) and self._saying is None and self._broken is None

    def next(self) -> list[Action]:
        """Begins what waits."""
        return self._begin(self._waiting.popleft()) if self.waits else []

    def stop(self) -> list[Action]:
        """Breaks off; what was being said may go on (`go_on`). Of what waited only what has to be
        heard whole waits on."""
        self._waiting = deque(each for each in self._waiting if not each.interruptible)
        if self._saying is None:
            return []
        self._broken = (self._id, self._saying, 0.0)
        self._saying, self._started = None, False
        return [StopTalking(self._id)]

    def stopped(self, number: int, heard: float) -> None:
        """How much of it was heard."""
        if self._broken is not None and self._broken[0] == number:
            self._broken = (number, self._broken[1], heard)

    def go_on(self) -> list[Action]:
        """Takes up the sentence that was broken off."""
        if self._broken is None or self._saying is not None:
            return []
        number, utterance, heard = self._broken
        self._broken, self._saying, self._started = None, utterance, False
        self._id = number
        return [GoOn(number, heard)]

    def drop(self) -> None:
        """The caller said something: nobody waits for the rest of the old sentence."""
        self._broken = None

    def forget(self) -> None:
        """Nothing of what was to be said is needed any more."""
        self._broken = None
        self._waiting.clear()

    def _begin(self, utterance: Utterance) -> list[Action]:
        self._highest += 1
        self._id = self._highest
        self._saying, self._started = utterance, False
        if utterance.told:
            self.last = utterance
        style = brisk(self.style) if utterance.brisk else self.style
        return [Say(self._id, utterance.text, style)]


def brisk(style: Style) -> Style:
    """The pace of a greeting."""
    speed = min(LIMITS["speed"][1], style.speed + _BRISK)
    return replace(style, speed=speed, pauses=LIMITS["pauses"][0])
