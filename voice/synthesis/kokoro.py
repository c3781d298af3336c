"""Kokoro-82M, the voice that callers hear: a network on one core, no network connection.

Hexgrad's Kokoro-82M v1.0 (Apache-2.0) as int8 ONNX. It takes the phonemes of misaki's Chinese front
end as token numbers, a style of 256 numbers chosen by the count of tokens, and a speed.
"""

import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA
from voice.audio.pcm import Samples
from voice.spoken.phonemes import phonemes
from voice.synthesis.clause import Clause
from voice.synthesis.clauses import clauses
from voice.synthesis.edges import silence, trim
from voice.synthesis.graph import FRAMES, GraphError, open_durations
from voice.synthesis.level import level
from voice.synthesis.port import RATE, Style, SynthesisError
from voice.synthesis.stop import Stop
from voice.synthesis.voices import Voices, load_voices

MODEL = "kokoro-v1.0.int8.onnx"
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VERSION = f"{SHA256[:16]}.3"
"""Of what is rendered: the weights, then a number to be raised when a piece is made otherwise."""

_ROWS, _WIDTH = 510, 256
_FRAME = 0.025
"""Seconds of one frame: 600 samples."""
_MARKS = {"，": ",", "、": ",", "。": ".", "？": "?", "！": "!"}
_COMMA = 0.22
"""Seconds that a mark inside a clause lasts at least, at the usual pauses."""


class _Vocabulary(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    vocab: dict[str, int] = Field(min_length=100)


class Kokoro:
    """The loaded model; safe to use from many threads, each call on the caller's own core."""

    rate = RATE

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        vocabulary: dict[str, int],
        voices: Voices,
        folder: Path,
        pronounce: Callable[[str], str],
    ) -> None:
        self._session = session
        self._vocabulary = vocabulary
        self._voices = voices
        self._folder = folder
        self._pronounce = pronounce
        self._style = cache(self._read_style)
        self._reading = threading.Lock()

    def stream(self, text: str, style: Style) -> Iterator[Samples]:
        """Clause by clause, each with the pause after it. Raises SynthesisError, VoiceError."""
        for clause in clauses(text):
            yield self.render(clause, style)
            yield silence(clause.pause * style.pauses, self.rate)

    def render(self, clause: Clause, style: Style, stop: Stop | None = None) -> Samples:
        """One clause without the pause after it, levelled, faded at both ends, at volume 0.

        A `stop` ends it early. Raises SynthesisError then, or when the network fails; VoiceError.
        """
        voice = self._voices.find(style.voice)
        with self._reading:
            rows = self._style(voice.id)
        piece = self.sound(self._sounds(clause), rows, style, stop)
        return level(piece, self.rate, voice.gain) if len(piece) else piece

    def sound(
        self, phonemes: str, rows: Samples, style: Style, stop: Stop | None = None
    ) -> Samples:
        """Phonemes in any timbre, trimmed and not levelled; empty if there is nothing to say.

        `rows` is [510, 256]: what the voice is like for each count of phonemes.
        """
        symbols = [one for one in phonemes if one in self._vocabulary][: _ROWS - 2]
        if not any(one.isalpha() for one in symbols):
            return np.zeros(0, np.float32)
        row = rows[len(symbols) - 1]
        options = onnxruntime.RunOptions()
        if stop is not None:
            stop.then(lambda: setattr(options, "terminate", True))
        try:
            (sound,) = self._session.run(
                ["audio"], self._inputs(symbols, row, style), run_options=options
            )
        except Exception as error:  # onnxruntime raises its own classes, all bare Exceptions
            raise SynthesisError("the voice model failed or was stopped") from error
        return trim(np.asarray(sound, np.float32).ravel(), self.rate)

    def _sounds(self, clause: Clause) -> str:
        """With the last mark, which says whether the voice falls: a front end may drop a comma."""
        sounds = self._pronounce(clause.text).rstrip()
        mark = _MARKS.get(clause.text[-1], "")
        return sounds if sounds.endswith(mark) else sounds + mark

    def _inputs(
        self, symbols: list[str], row: Samples, style: Style
    ) -> dict[str, npt.NDArray[np.generic]]:
        tokens = [0, *(self._vocabulary[one] for one in symbols), 0]
        least = np.ones(len(tokens), np.float32)
        last = max(i for i, one in enumerate(symbols) if one.isalpha())
        for place, symbol in enumerate(symbols, start=1):
            if symbol in ",.!?;:" and place < last:
                least[place] = round(_COMMA * style.pauses / _FRAME)
        return {
            "tokens": np.array([tokens], np.int64),
            "style": row[None],
            "speed": np.array([style.speed], np.float32),
            "least": least[None],
        }

    def _read_style(self, name: str) -> Samples:
        path = self._folder / "voices" / f"{name}.bin"
        try:
            numbers = np.fromfile(path, "<f4")
        except OSError as error:
            raise SynthesisError(f"{path} can't be read: run script/voice") from error
        if numbers.size != _ROWS * _WIDTH:
            raise SynthesisError(f"{path} isn't a voice of {_ROWS} × {_WIDTH} numbers")
        return numbers.reshape(_ROWS, _WIDTH).astype(np.float32)


def open_kokoro(
    folder: Path, data: Path = DATA, pronounce: Callable[[str], str] = phonemes
) -> Kokoro:
    """Loads the model from `folder` (about a second, 350 MB).

    Raises SynthesisError when it isn't there or isn't Kokoro, DataFileError for the data.
    """
    path = folder / MODEL
    vocabulary = _Vocabulary.model_validate_json(
        (data / "speech" / "kokoro_vocab.json").read_text("utf-8")
    )
    try:
        model = bytearray(path.read_bytes())
    except OSError as error:
        raise SynthesisError(f"{path} can't be read: run script/voice") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # more only spin
    options.enable_mem_pattern = False  # 540 MB at the peak instead of 710, as fast
    options.log_severity_level = 4
    try:
        open_durations(model)
        session = onnxruntime.InferenceSession(
            bytes(model), options, providers=["CPUExecutionProvider"]
        )
    except GraphError as error:
        raise SynthesisError(f"{path}: {error}; run script/voice again") from error
    except Exception as error:  # onnxruntime raises its own classes, all bare Exceptions
        raise SynthesisError(f"{path} isn't a model that can be run: run script/voice") from error
    assert FRAMES in {output.name for output in session.get_outputs()}  # noqa: S101
    return Kokoro(session, vocabulary.vocab, load_voices(data), folder, pronounce)
