"""The model that all calls share: loaded once, then a recogniser for each call."""

from pathlib import Path

import vosk

from voice.recognition.model_folder import SpeechModelError, read_model_folder
from voice.recognition.phrases import Grammar
from voice.recognition.vosk_recogniser import RATE, VoskRecogniser

__all__ = ["SpeechModel", "SpeechModelError", "open_model"]

vosk.SetLogLevel(-1)  # what it says about a call may hold what was said


class SpeechModel:
    """A loaded model; safe to use from many threads."""

    def __init__(self, path: Path, model: vosk.Model, words: frozenset[str], narrows: bool) -> None:
        self.path = path
        self.words = words
        """Every word that can be heard; `[unk]` among them stands for any other."""
        self.takes_grammars = narrows
        """Whether `recogniser` takes a grammar (only models with look-ahead graphs do)."""
        self._model = model

    def recogniser(self, rate: int, grammar: Grammar | None = None) -> VoskRecogniser:
        """Ears for one call at `rate` Hz: any rate from 4 to 192 kHz, heard at 16 kHz.

        With a `grammar` it hears nothing else (see `voice.recognition.beside` for both at once).
        Raises ValueError for another rate, SpeechModelError when the model can't be narrowed or
        knows no word of the grammar: Vosk would end the process. Takes 10 ms and 1 MB.
        """
        if not 4_000 <= rate <= 192_000:
            raise ValueError(f"a sampling rate of {rate} Hz: expected 4000 to 192000")
        if grammar is None:
            engine = vosk.KaldiRecognizer(self._model, RATE)
        elif not self.takes_grammars:
            raise SpeechModelError(
                f"The model {self.path} can't be narrowed to a grammar: use one with the files"
                " HCLr.fst and Gr.fst."
            )
        else:
            fitted = grammar.fit(self.words)
            if not fitted.phrases:
                raise SpeechModelError(
                    f"The model {self.path} knows no phrase of the grammar: add its words with"
                    " `hotline models adapt`."
                )
            engine = vosk.KaldiRecognizer(self._model, RATE, fitted.as_json())
        return VoskRecogniser(engine, rate)


def open_model(path: Path) -> SpeechModel:
    """Loads the model in the folder `path`; takes about a second.

    Raises SpeechModelError, one sentence that names the folder and what to do.
    """
    folder = read_model_folder(path)
    try:
        model = vosk.Model(str(path))
        vosk.KaldiRecognizer(model, RATE)  # opens the graphs, which loading alone does not
    except Exception as error:  # Vosk raises nothing narrower
        raise SpeechModelError(
            f"Vosk can't load the speech model {path}, one of its files is damaged: fetch it again"
            " or point SPEECH_MODEL at another."
        ) from error
    return SpeechModel(path, model, folder.words, folder.takes_grammars)
