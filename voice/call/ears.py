"""One call's ears: the recognition pool, narrowed to what is asked, a turn at a time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future

from voice.audio.pcm import Samples
from voice.recognition import grammar
from voice.recognition.beside import Beside
from voice.recognition.hearing import Hearing
from voice.recognition.pool import RecognitionPool
from voice.recognition.transcript import Partial, Transcript, joined
from voice.recognition.vosk_model import SpeechModel, SpeechModelError


class _Narrowed:
    """Implements `Recogniser`: both ears, switched between two pieces of sound.

    The wish comes from the event loop, the work is a pool thread's; so the wish waits for it.
    """

    def __init__(self, model: SpeechModel, rate: int) -> None:
        self._model, self._rate = model, rate
        self._both = Beside(model.recogniser(rate), rate=rate)
        self.slot: str | None = None
        self._set: str | None = None

    def accept(self, samples: Samples) -> Partial | Transcript | None:
        if self.slot != self._set:
            self._narrow(self.slot)
        return self._both.accept(samples)

    def finish(self) -> Transcript:
        return self._both.finish()

    def _narrow(self, slot: str | None) -> None:
        self._set = slot
        wanted = grammar.for_slot(slot) if slot and self._model.takes_grammars else None
        try:
            narrowed = self._model.recogniser(self._rate, wanted) if wanted else None
        except SpeechModelError:  # it knows none of these words: then it listens for all of them
            narrowed = None
        self._both.narrow(narrowed)


class CallEars:
    """Implements `voice.call.ports.Ears`. `hear` is told each partial text, in the event loop."""

    def __init__(
        self,
        pool: RecognitionPool,
        model: SpeechModel,
        hearing: Hearing,
        rate: int,
        hear: Callable[[str], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._hearing = hearing
        self._tell = hear
        self._closed: list[Transcript] = []
        """Segments of this turn that the engine closed at a long silence; a pool thread's."""
        self._recogniser = _Narrowed(model, rate)
        self._ear = pool.listen(self._recogniser, self._heard)

    def push(self, samples: Samples) -> None:
        """See `Ears.push`."""
        self._ear.push(samples)

    def finish(self) -> "asyncio.Future[tuple[str, float]]":
        """See `Ears.finish`."""
        told: asyncio.Future[tuple[str, float]] = self._loop.create_future()

        def whole(done: "Future[Transcript]") -> None:  # in the pool's thread, in order
            error = done.exception()
            if error is not None:
                self._later(_fail, told, error)
                return
            turn, self._closed = joined([*self._closed, done.result()]), []
            heard = self._hearing.understand(turn)
            self._later(_settle, told, (heard.text, heard.confidence))

        self._ear.finish().add_done_callback(whole)
        return told

    def narrow(self, slot: str | None) -> None:
        """See `Ears.narrow`."""
        self._recogniser.slot = slot

    def _heard(self, heard: Partial | Transcript) -> None:
        if isinstance(heard, Transcript):
            self._closed.append(heard)
        text = "".join(closed.text for closed in self._closed)
        text += heard.text if isinstance(heard, Partial) else ""
        self._later(self._tell, text)

    def _later(self, function: Callable[..., None], *arguments: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *arguments)


def _settle(told: "asyncio.Future[tuple[str, float]]", heard: tuple[str, float]) -> None:
    if not told.done():
        told.set_result(heard)


def _fail(told: "asyncio.Future[tuple[str, float]]", error: BaseException) -> None:
    if not told.done():
        told.set_exception(error)
