"""What was heard on a telephone, as text: the other side's words, recognised."""

from care.settings import Settings
from evaluation.calls.phone import Pcm16
from evaluation.speech.listening import listen_openly
from voice.audio.alaw_stream import LINE_RATE
from voice.audio.pcm import Pcm, from_int16
from voice.recognition.hearing import Hearing
from voice.recognition.vosk_model import open_model


class CallersEars:
    """Open vocabulary: nothing tells them what is coming."""

    def __init__(self, settings: Settings) -> None:
        """Raises SpeechModelError."""
        self._model = open_model(settings.speech_model)
        self._hearing = Hearing.load(settings.data)

    def understand(self, samples: Pcm16) -> str:
        """What was said, numbers in digits; 8000 Hz."""
        pcm = Pcm(from_int16(samples), LINE_RATE)
        return self._hearing.understand(listen_openly(self._model, pcm)).text
