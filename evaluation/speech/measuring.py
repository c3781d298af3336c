"""Every group of utterances through one model."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from evaluation.speech.conditions import CLEAN, TELEPHONE, Condition, through
from evaluation.speech.listening import listen_beside, listen_narrowly, listen_openly
from evaluation.speech.plan import Group, babblers, in_turn
from evaluation.speech.rates import Pair, Scores, score
from evaluation.speech.recordings import Recording
from evaluation.speech.rendering import RATE, Store, Utterance
from evaluation.speech.sets import Number, numbers
from evaluation.speech.written import characters
from voice.audio.pcm import Pcm
from voice.audio.reading import read_audio
from voice.recognition import grammar as grammars
from voice.recognition.hearing import Hearing
from voice.recognition.phrases import Grammar
from voice.recognition.transcript import Transcript
from voice.recognition.vosk_model import SpeechModel

Item = TypeVar("Item")
Heard = TypeVar("Heard")


@dataclass
class Bench:
    """A model with all that is needed to test it."""

    model: SpeechModel
    hearing: Hearing
    store: Store
    console: Console
    workers: int = 2

    def measure(self, groups: Sequence[Group]) -> dict[str, Scores]:
        """The scores of each group by its name; no sound is heard twice."""
        wanted = {
            (utterance, group.condition): place
            for group in groups
            for place, utterance in enumerate(group.utterances)
        }
        voices = [self.store.get(one).samples for one in babblers()]

        def hear(key: tuple[Utterance, Condition]) -> Pair:
            utterance, condition = key
            pcm = through(condition, self.store.get(utterance), wanted[key], voices)
            return self.pair(characters(utterance.text), listen_openly(self.model, pcm))

        pairs = dict(zip(wanted, self._all(hear, [*wanted], "listening"), strict=True))
        return {
            group.name: score(pairs[one, group.condition] for one in group.utterances)
            for group in groups
        }

    def measure_numbers(self, limit: int | None = None) -> dict[str, Scores]:
        """The first `limit` numbers over the telephone: open, narrowed beside it, narrowed."""
        if not self.model.takes_grammars:
            return {}
        sentences = numbers()[:limit]
        asked = [
            (number, one, grammar)
            for number, one in zip(sentences, in_turn(sentences), strict=True)
            if (grammar := _grammar(number)) is not None
        ]

        def hear(item: tuple[Number, Utterance, Grammar]) -> tuple[Pair, Pair, Pair | None]:
            number, utterance, grammar = item
            pcm = through(TELEPHONE, self.store.get(utterance), 0, ())
            said = characters(utterance.text)
            alone = listen_narrowly(self.model, pcm, grammar) if number.bare else None
            return (
                self.pair(said, listen_openly(self.model, pcm)),
                self.pair(said, listen_beside(self.model, pcm, grammar)),
                self.pair(said, alone) if alone is not None else None,
            )

        heard = list(self._all(hear, asked, "numbers"))
        return {
            "open": score(pair for pair, _, _ in heard),
            "with grammar": score(pair for _, pair, _ in heard),
            "bare, open": score(pair for pair, _, alone in heard if alone),
            "bare, with grammar": score(pair for _, pair, alone in heard if alone),
            "bare, grammar alone": score(alone for _, _, alone in heard if alone),
        }

    def measure_recordings(self, recordings: Sequence[Recording]) -> dict[str, Scores]:
        """Real speech, as recorded and as a telephone would carry it; raises AudioError."""

        def hear(item: tuple[Recording, Condition]) -> Pair:
            recording, condition = item
            pcm: Pcm = through(condition, read_audio(recording.path, rate=RATE), 0, ())
            return self.pair(recording.said, listen_openly(self.model, pcm))

        return {
            name: score(self._all(hear, [(one, condition) for one in recordings], name))
            for name, condition in (
                ("recordings, 16 kHz", CLEAN),
                ("recordings, 8 kHz", TELEPHONE),
            )
        }

    def pair(self, said: str, heard: Transcript) -> Pair:
        """What was said and heard, raw and mended."""
        return Pair(said, characters(heard.text), self._mended(said), self._mended(heard.text))

    def _mended(self, text: str) -> str:
        return characters(self.hearing.understand(Transcript(text)).text)

    def _all(
        self, work: Callable[[Item], Heard], items: Iterable[Item], title: str
    ) -> Iterable[Heard]:
        items = list(items)
        with Progress(console=self.console) as progress, ThreadPoolExecutor(self.workers) as pool:
            bar = progress.add_task(title, total=len(items))
            for found in pool.map(work, items):
                progress.advance(bar)
                yield found


def _grammar(number: Number) -> Grammar | None:
    return {
        "digits": grammars.digits,
        "dates": grammars.dates,
        "times": grammars.times,
        "ages": grammars.ages,
    }.get(number.kind, lambda: None)()
