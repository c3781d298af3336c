"""Two ears on one sound: the open recogniser, and one narrowed to what was asked for.

A telephone number may come inside a sentence, and a caller who is asked for a number may say
something else. So the open recogniser always listens; what the narrowed one hears counts only where
both heard the same sounds, and there it is the better speller.
"""

from voice.recognition.agreement import agreed
from voice.recognition.recogniser import Recogniser, Samples
from voice.recognition.transcript import Partial, Transcript, Word, joined


class Beside:
    """Implements `Recogniser`; the narrowed one comes and goes with the dialogue's questions."""

    def __init__(self, usual: Recogniser, *, rate: int) -> None:
        """`usual` is the open recogniser; `rate` of the samples in Hz."""
        self._usual = usual
        self._rate = rate
        self._samples = 0
        self._narrowed: Recogniser | None = None
        self._since = 0.0
        """Seconds of the call at which the narrowed recogniser began to listen."""
        self._heard: list[Transcript] = []
        """Segments that the narrowed recogniser closed while the open one went on."""

    def narrow(self, narrowed: Recogniser | None) -> None:
        """From now on `narrowed` (new, at the same rate) listens as well; None: only the open one.

        A new one for each question: Vosk can't be given another grammar while it listens.
        """
        self._narrowed = narrowed
        self._since = self._samples / self._rate
        self._heard = []

    def accept(self, samples: Samples) -> Partial | Transcript | None:
        """See `Recogniser.accept`; the partial is the open recogniser's."""
        self._samples += len(samples)
        if self._narrowed is not None:
            closed = self._narrowed.accept(samples)
            if isinstance(closed, Transcript):
                self._heard.append(closed)
        heard = self._usual.accept(samples)
        return self._agreed(heard) if isinstance(heard, Transcript) else heard

    def finish(self) -> Transcript:
        """See `Recogniser.finish`."""
        return self._agreed(self._usual.finish())

    def _agreed(self, heard: Transcript) -> Transcript:
        if self._narrowed is None:
            return heard
        narrow = joined([*self._heard, self._narrowed.finish()])
        self._heard = []
        return agreed(heard, tuple(_later(word, self._since) for word in narrow.words))


def _later(word: Word, seconds: float) -> Word:
    return Word(word.text, word.start + seconds, word.end + seconds, word.confidence)
