"""What a pressed key means."""

from dataclasses import dataclass
from enum import StrEnum

from voice.turn.delays import KeyDelays, delays
from voice.turn.digit_group import is_whole
from voice.turn.expectation import Expectation


class Key(StrEnum):
    """A key that says something by itself."""

    PERSON = "person"
    YES = "yes"
    NO = "no"
    REPEAT = "repeat"
    JUST_SPEAK = "just_speak"
    """The key means nothing here: the caller may be told that talking is enough."""


@dataclass(frozen=True)
class Digits:
    """A number was typed."""

    digits: str


Meaning = Key | Digits

_TYPED = {Expectation.DIGITS, Expectation.REFERENCE, Expectation.AMOUNT}
_LONGEST_AMOUNT = 3
"""Digits of an age of 100."""


class Keys:
    """One call's. Keys work while we talk; what they mean depends on what is asked for.

    0 brings a person at any moment. Where a number is asked for it may be a part of that number,
    so it does only when no digit was typed before it and none follows, or when it is pressed again
    and again.
    """

    def __init__(self, waits: KeyDelays | None = None) -> None:
        self._waits = waits or delays().keys
        self._expectation = Expectation.ANYTHING
        self._typed = ""
        self._at = 0.0

    def expect(self, expectation: Expectation) -> None:
        """What is asked for now; half a number typed for another question is forgotten."""
        if expectation is not self._expectation:
            self._typed = ""
        self._expectation = expectation

    @property
    def is_typing(self) -> bool:
        """Whether a number is under way: nobody should talk into it."""
        return bool(self._typed)

    def press(self, key: str, now: float) -> Meaning | None:
        """`0`-`9`, `*`, `#`; None when more is waited for. Other keys no telephone has."""
        if key == "*":
            self._typed = ""
            return Key.REPEAT
        if key == "#":
            return self._taken()
        if len(key) != 1 or not (key.isascii() and key.isdigit()):
            return None
        if self._expectation in _TYPED:
            return self._type(key, now)
        return {"0": Key.PERSON, "1": Key.YES, "2": Key.NO}.get(key, Key.JUST_SPEAK)

    def due(self, now: float) -> Meaning | None:
        """The number that was typed, told once, when no more keys come."""
        at = self.next_due()
        return self._taken() if at is not None and now >= at else None

    def next_due(self) -> float | None:
        """When what was typed counts as it is; None when nothing was."""
        if not self._typed:
            return None
        return self._at + (self._waits.lone_zero if self._typed == "0" else self._waits.pause)

    def _type(self, key: str, now: float) -> Meaning | None:
        self._typed += key
        self._at = now
        if self._typed == "000" or self._is_full():
            return self._taken()
        return None

    def _is_full(self) -> bool:
        if self._expectation is Expectation.AMOUNT:
            return len(self._typed) >= _LONGEST_AMOUNT
        return is_whole(self._typed, self._expectation)

    def _taken(self) -> Meaning | None:
        typed, self._typed = self._typed, ""
        if not typed:
            return None
        return Key.PERSON if set(typed) == {"0"} else Digits(typed)
