"""A caller on a virtual clock: what they say and when, as windows of sound and growing text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from voice.turn.end import TurnEnd
from voice.turn.expectation import Expectation
from voice.turn.silero import WINDOW
from voice.turn.voiced import Voiced

LAG = 0.15
"""Seconds from the end of a syllable to the recogniser's word for it."""

PATIENCE = 10.0
"""Seconds after the last sound that a test waits for the end of a turn."""


@dataclass(frozen=True)
class _Text:
    at: float
    text: str


@dataclass
class Caller:
    """Speaks from second 0 on; every method gives the caller back."""

    now: float = 0.0
    heard: str = ""
    last: float = 0.0
    """When the last spoken sound ended."""
    events: list[tuple[float, Voiced | _Text]] = field(default_factory=list)

    def says(self, text: str, seconds: float | None = None, level: float = -24.0) -> "Caller":
        """`text` in so many seconds; an elder says four syllables in one."""
        seconds = seconds if seconds is not None else len(text) / 4
        for place in range(1, len(text) + 1):
            at = self.now + seconds * place / len(text) + LAG
            self.events.append((at, _Text(at, self.heard + text[:place])))
        self.heard += text
        self.sound(seconds, level=level)
        self.last = self.now
        return self

    def sound(
        self, seconds: float, probability: float = 0.95, pitch: float = 0.8, level: float = -24.0
    ) -> "Caller":
        """A sound without a word."""
        end = self.now + seconds
        while self.now < end - 1e-6:
            window = Voiced(self.now, WINDOW, probability, level, pitch)
            self.events.append((window.end, window))
            self.now += WINDOW
        return self

    def pauses(self, seconds: float) -> "Caller":
        """Nothing but the noise of the line."""
        return self.sound(seconds, probability=0.02, pitch=0.1, level=-62.0)

    def coughs(self) -> "Caller":
        """As Silero and the pitch see a cough: two unsure windows, no vowel."""
        self.sound(0.1, probability=0.6, pitch=0.4, level=-16)
        return self.sound(0.25, probability=0.15, pitch=0.3, level=-20)

    def windows(self) -> Iterator[Voiced]:
        """The sound alone."""
        return (event for _, event in self.events if isinstance(event, Voiced))

    def run(self, each: Callable[[float, Voiced | str], None]) -> None:
        """Lets everything happen in its order; texts as strings."""
        for at, event in sorted(self.events, key=lambda event: event[0]):
            each(at, event.text if isinstance(event, _Text) else event)


def ended_after(
    caller: Caller, expectation: Expectation = Expectation.ANYTHING, end: TurnEnd | None = None
) -> float:
    """Seconds from the caller's last word to the end of their turn; negative when cut off."""
    end = end or TurnEnd()
    end.begin()
    end.expect(expectation)
    last = caller.last
    caller.pauses(PATIENCE)
    found: list[float] = []

    def hear(at: float, event: Voiced | str) -> None:
        due = end.next_due()
        if due is not None and due < at:
            found.append(due)
        if isinstance(event, str):
            end.partial(event, at)
        else:
            end.hear(event)

    caller.run(hear)
    assert found, "the turn never ended"
    return found[0] - last
