"""Which sentences are said by whom, how fast, and over which line they are heard."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.speech.conditions import CLEAN, TELEPHONE, Condition
from evaluation.speech.rendering import Utterance
from evaluation.speech.sets import Sentence, domain, everyday, numbers
from evaluation.speech.speakers import NAMES

DOMAIN_TELEPHONE = "domain, 8 kHz"
DOMAIN_10_DB = "domain, 8 kHz, noise 10 dB"

SLOW, FAST = 0.7, 1.25
_PACED = 48
"""Sentences that are said slowly and fast, too."""
_SHARED = 24
"""Sentences that every speaker says."""
_BABBLERS = 8


@dataclass(frozen=True)
class Group:
    """One row of the table."""

    name: str
    condition: Condition
    utterances: tuple[Utterance, ...]


def in_turn(sentences: Sequence[Sentence], speed: float = 1.0) -> tuple[Utterance, ...]:
    """Each sentence by the next of the held-out speakers."""
    return tuple(
        Utterance(sentence.text, NAMES[place % len(NAMES)], speed)
        for place, sentence in enumerate(sentences)
    )


def babblers() -> tuple[Utterance, ...]:
    """Whose voices the noise is made of; they say nothing of the domain."""
    return in_turn(everyday()[:_BABBLERS])


def groups(limit: int | None = None) -> list[Group]:
    """All rows, each with the first `limit` sentences; raises DataFileError for a bad set."""
    sentences = domain()
    paced = sentences[: 2 * _PACED : 2][:limit]
    shared = sentences[:: len(sentences) // _SHARED][:_SHARED][:limit]
    said, news = in_turn(sentences[:limit]), in_turn(everyday()[:limit])
    return [
        Group("domain, 16 kHz", CLEAN, said),
        Group(DOMAIN_TELEPHONE, TELEPHONE, said),
        Group("domain, 8 kHz, noise 15 dB", Condition(noise=15), said),
        Group(DOMAIN_10_DB, Condition(noise=10), said),
        Group("domain, 8 kHz, noise 5 dB", Condition(noise=5), said),
        Group(f"domain, 8 kHz, slow ({SLOW:g})", TELEPHONE, in_turn(paced, SLOW)),
        Group(f"domain, 8 kHz, fast ({FAST:g})", TELEPHONE, in_turn(paced, FAST)),
        *(
            Group(
                f"by {name}",
                TELEPHONE,
                tuple(Utterance(sentence.text, name) for sentence in shared),
            )
            for name in NAMES
        ),
        Group("everyday, 16 kHz", CLEAN, news),
        Group("everyday, 8 kHz", TELEPHONE, news),
        Group("numbers, 8 kHz", TELEPHONE, in_turn(numbers()[:limit])),
    ]
