"""A recogniser that hears what a test says, instead of sound."""

from collections.abc import Iterable, Iterator

from voice.recognition.recogniser import Samples
from voice.recognition.transcript import Partial, Transcript, Word, transcript_of


def words(text: str, confidence: float = 1.0, start: float = 0.0) -> tuple[Word, ...]:
    """The words of `text`, which stand between blanks, half a second each."""
    return tuple(
        Word(word, start + place / 2, start + place / 2 + 0.5, confidence)
        for place, word in enumerate(text.split())
    )


def transcript(text: str) -> Transcript:
    return transcript_of(words(text))


class Scripted:
    """Answers each `accept` and `finish` with the next of what it was given."""

    def __init__(
        self, accepted: Iterable[Partial | Transcript | None], finished: Iterable[Transcript]
    ) -> None:
        self._accepted: Iterator[Partial | Transcript | None] = iter(accepted)
        self._finished = iter(finished)

    def accept(self, samples: Samples) -> Partial | Transcript | None:
        return next(self._accepted, None)

    def finish(self) -> Transcript:
        return next(self._finished, Transcript())
