"""What was heard: words with their times, and text that is still growing."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """One word as the recogniser heard it."""

    text: str
    start: float
    """Seconds since the recogniser's first sample."""

    end: float
    """Seconds since the recogniser's first sample. A model without silence phones (ours) counts the
    silence after a word to the word."""

    confidence: float
    """0–1."""


@dataclass(frozen=True)
class Transcript:
    """Everything heard since the transcript before; it changes no more."""

    text: str = ""
    """As heard, without blanks; empty when nothing was said."""

    words: tuple[Word, ...] = ()
    confidence: float = 0.0
    """0–1, the mean over the words weighted by their characters; 0 when nothing was said."""

    start: float = 0.0
    """Seconds since the recogniser's first sample."""

    end: float = 0.0
    """Seconds since the recogniser's first sample."""


@dataclass(frozen=True)
class Partial:
    """What was heard so far; the next one may tell it differently."""

    text: str


def transcript_of(words: Iterable[Word], at: float = 0.0) -> Transcript:
    """The transcript that `words` make; without any, an empty one `at` seconds into the call."""
    words = tuple(words)
    if not words:
        return Transcript(start=at, end=at)
    text = "".join(word.text for word in words)
    certain = sum(word.confidence * len(word.text) for word in words)
    return Transcript(text, words, certain / len(text), words[0].start, words[-1].end)


def joined(transcripts: Iterable[Transcript]) -> Transcript:
    """Several transcripts of one recogniser, in their order, as one."""
    transcripts = tuple(transcripts)
    words = [word for transcript in transcripts for word in transcript.words]
    return transcript_of(words, transcripts[-1].end if transcripts else 0.0)
