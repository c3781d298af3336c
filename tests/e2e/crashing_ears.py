"""`python -m tests.e2e.crashing_ears serve`: the hotline, but the first recogniser to hear a voice
fails in the middle of what it hears, once."""

from itertools import count

from hotline.cli import app
from voice.audio.pcm import Samples
from voice.recognition.transcript import Partial, Transcript
from voice.recognition.vosk_recogniser import VoskRecogniser

_AFTER = 2
"""Partial texts that were told before."""

_accept = VoskRecogniser.accept
_told = count(1)


def _crash(self: VoskRecogniser, samples: Samples) -> Partial | Transcript | None:
    heard = _accept(self, samples)
    if heard is not None and heard.text and next(_told) == _AFTER:
        raise MemoryError("broken on purpose")
    return heard


if __name__ == "__main__":
    VoskRecogniser.accept = _crash  # type: ignore[method-assign]
    app()
