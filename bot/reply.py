"""What the assistant answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reply:
    """One thing to say."""

    text: str
    sources: tuple[str, ...] = ()
    """Documents behind it, as shown to people: 阿拉善盟民政局 2021年."""
    cites: tuple[str, ...] = ()
    """Rules and cards behind it: rule:ID, card:ID."""


@dataclass(frozen=True)
class Answer:
    """The outcome of one utterance."""

    replies: tuple[Reply, ...]
    emergency: bool = False
    """An alarm of this conversation is open."""
    handover: bool = False
    """A person was asked for and hasn't finished."""
    alarm_ref: str | None = None
    expects: str | None = None
    """The slot that the dialogue asks for now; `confirmed` stands for any yes or no."""
    asked_person: bool = False
    """A person was asked for by this utterance, or is needed since nothing else answers."""
    ends: bool = False
    """Nothing is left to talk about: a telephone is hung up after it."""
    offered: str | None = None
    """The yes-or-no question of our own that stands open now: `person` or `emergency`."""
