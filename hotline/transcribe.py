"""`hotline transcribe`: recordings as text, as a call would hear them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

from rich.console import Console

from voice.audio.reading import AudioError, stream_audio
from voice.recognition.hearing import Hearing
from voice.recognition.transcript import Partial, Transcript
from voice.recognition.vosk_model import SpeechModel, SpeechModelError, open_model
from voice.recognition.vosk_recogniser import RATE


class Printer(Protocol):
    """Where events go: to a person or to another program."""

    def file(self, path: Path) -> None:
        """The next recording begins."""
        ...

    def partial(self, path: Path, heard: Partial) -> None:
        """Text that may still change."""
        ...

    def final(self, path: Path, heard: Transcript) -> None:
        """Text that stays; without words when nothing was said in the whole recording."""
        ...

    def error(self, path: Path, sentence: str) -> None:
        """The recording can't be used."""
        ...


@dataclass(frozen=True)
class TextPrinter:
    """One line for each piece: from, to, confidence, text."""

    hearing: Hearing
    out: Console
    errors: Console
    names: bool
    """Say which file each piece is from (when there are several)."""

    def file(self, path: Path) -> None:
        """See `Printer`."""
        if self.names:
            self._line(self.out, f"{path}:", "bold")

    def partial(self, path: Path, heard: Partial) -> None:
        """See `Printer`."""
        self._line(self.out, f"  … {heard.text}", "dim")

    def final(self, path: Path, heard: Transcript) -> None:
        """See `Printer`."""
        if not heard.text:
            self._line(self.out, "  (没有听到说话)", "dim")
            return
        written = self.hearing.understand(heard)
        times = f"{heard.start:7.2f} – {heard.end:7.2f} s"
        self._line(self.out, f"{times}  {heard.confidence:4.2f}  {written.text}")
        for mend in written.mended:
            self._line(self.out, f"  {mend.heard} → {mend.meant} ({mend.score:.2f})", "dim")

    def error(self, path: Path, sentence: str) -> None:
        """See `Printer`."""
        self._line(self.errors, sentence, "bold red")

    @staticmethod
    def _line(console: Console, text: str, style: str = "") -> None:
        console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class JsonPrinter:
    """One JSON object a line."""

    hearing: Hearing
    out: TextIO
    errors: Console

    def file(self, path: Path) -> None:
        """Every line names its file."""

    def partial(self, path: Path, heard: Partial) -> None:
        """{"file", "event": "partial", "text"}."""
        self._line({"file": str(path), "event": "partial", "text": heard.text})

    def final(self, path: Path, heard: Transcript) -> None:
        """{"file", "event": "final", "text", "heard", "confidence", "start", "end", "mended",
        "words"}; times in seconds, `heard` as the recogniser wrote it."""
        written = self.hearing.understand(heard)
        self._line(
            {
                "file": str(path),
                "event": "final",
                "text": written.text,
                "heard": heard.text,
                "confidence": round(heard.confidence, 3),
                "start": round(heard.start, 2),
                "end": round(heard.end, 2),
                "mended": [asdict(mend) for mend in written.mended],
                "words": [asdict(word) for word in heard.words],
            }
        )

    def error(self, path: Path, sentence: str) -> None:
        """{"file", "event": "error", "text"}, and the sentence on stderr."""
        self._line({"file": str(path), "event": "error", "text": sentence})
        self.errors.print(sentence, markup=False, highlight=False, soft_wrap=True)

    def _line(self, content: dict[str, Any]) -> None:
        self.out.write(json.dumps(content, ensure_ascii=False) + "\n")
        self.out.flush()


def transcribe(
    paths: Iterable[Path], model: Path, printer: Printer, *, errors: Console, partials: bool = True
) -> int:
    """Transcribes every file; a bad one gets its sentence and the others go on.

    The exit code: 0, or 1 when a file or the model couldn't be used.
    """
    try:
        opened = open_model(model)
    except SpeechModelError as error:
        errors.print(str(error), style="bold red", markup=False, highlight=False, soft_wrap=True)
        return 1
    failed = False
    for path in paths:
        printer.file(path)
        try:
            for heard in listen(opened, path):
                if isinstance(heard, Transcript):
                    printer.final(path, heard)
                elif partials:
                    printer.partial(path, heard)
        except AudioError as error:
            printer.error(path, str(error))
            failed = True
    return int(failed)


def listen(model: SpeechModel, path: Path) -> Iterator[Partial | Transcript]:
    """What is heard in a recording, in constant memory: at least one Transcript.

    Raises AudioError.
    """
    recogniser = model.recogniser(RATE)
    said = False
    for samples in stream_audio(path, rate=RATE):
        heard = recogniser.accept(samples)
        if heard is not None:
            said = said or isinstance(heard, Transcript)
            yield heard
    rest = recogniser.finish()
    if rest.text or not said:
        yield rest
