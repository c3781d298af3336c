"""Where a visit by telephone stands, and what comes of one utterance."""

from dataclasses import dataclass

from care.visits.state import Result

OPENING = "opening"
"""Asks whether it is them."""


@dataclass(frozen=True)
class Talk:
    """The state; `bot.visit.visitor` leads from one to the next."""

    name: str = ""
    """The elder's."""
    others: tuple[str, ...] = ()
    """Names of those who share the telephone."""
    fetched: bool = False
    """One of them was asked to call the elder."""
    asked: str = OPENING
    """The question that waits for its answer."""
    again: bool = False
    """It was asked in its second wording."""
    detail: bool = False
    """They said yes, and were asked to what."""
    settled: frozenset[str] = frozenset()
    """Questions that aren't asked any more."""
    clear: frozenset[str] = frozenset()
    """Those of them that have an answer."""
    asides: int = 0
    """Questions back that were answered."""
    desk: bool = False
    """Something was said that a person looks after."""
    result: Result | None = None
    """How it ended; None while it goes on."""


@dataclass(frozen=True)
class Answered:
    """One thing that was found out, to be kept."""

    question: str
    finding: str
    said: str


@dataclass(frozen=True)
class Step:
    """What comes of one utterance."""

    talk: Talk
    say: str
    answers: tuple[Answered, ...] = ()
    strange: bool = False
    """It is no part of a visit: something for the conversation of every other call."""

    @property
    def confirms(self) -> bool:
        """Whether a yes or no is waited for."""
        return self.talk.asked == OPENING and self.talk.result is None

    @property
    def ends(self) -> bool:
        """Whether the telephone is hung up after it."""
        return self.talk.result is not None and not self.strange
