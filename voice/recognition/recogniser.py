"""The port: whatever turns sound into text for one call."""

from typing import Protocol

import numpy as np
import numpy.typing as npt

from voice.recognition.transcript import Partial, Transcript

Samples = npt.NDArray[np.float32]
"""Mono sound in [-1, 1], at the rate that the recogniser was made for."""


class Recogniser(Protocol):
    """Listens to one call from its first sample to its last. Not to be used by two threads at once.

    All times are seconds of the call, also after a transcript and after `finish`.
    """

    def accept(self, samples: Samples) -> Partial | Transcript | None:
        """Hears some more (any number of samples, also none).

        A Transcript when the engine closed a segment of its own accord (a long silence): its words
        will not come again. That is no end of a turn, which the turn detector decides. A Partial
        when the text of the open segment changed, else None.
        """
        ...

    def finish(self) -> Transcript:
        """Everything since the last Transcript, as the end of a turn or of a file asks for it.

        Listening may go on afterwards with the next turn.
        """
        ...
