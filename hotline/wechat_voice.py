"""Voice messages of WeChat: what is said in one, and an answer that is heard."""

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
import structlog

from bot.channels.wechat.api import Api
from bot.channels.wechat.trouble import PlatformError
from hotline.transcribe import listen
from voice.audio.errors import AudioError
from voice.audio.mp3 import Mp3Error, mp3
from voice.audio.pcm import Pcm
from voice.recognition.hearing import Hearing
from voice.recognition.transcript import Transcript
from voice.recognition.vosk_model import SpeechModel, SpeechModelError, open_model
from voice.synthesis.port import RATE, Style, SynthesisError
from voice.synthesis.speaker import Speaker, SpeechSettings, open_speaker

_LONGEST = 180
"""Characters that are spoken: the platform takes a minute at most."""
_SECONDS = 58
_PATIENCE = 30.0
log = structlog.get_logger(__name__)


class VoiceSettings(SpeechSettings, Protocol):
    """What of the settings is needed here (`care.settings`)."""

    @property
    def data(self) -> Path: ...

    @property
    def speech_model(self) -> Path: ...


class Ear:
    """Implements `bot.channels.wechat.answering.Ear`; loads the model with the first message."""

    def __init__(self, api: Api, settings: VoiceSettings) -> None:
        self._api, self._settings = api, settings
        self._lock = threading.Lock()
        self._loaded: tuple[SpeechModel, Hearing] | None = None

    def __call__(self, media_id: str) -> str | None:
        """See `Ear`. One message at a time: a core is all that it can have."""
        try:
            octets = self._api.media(media_id)
        except PlatformError as error:
            log.warning("a voice message can't be fetched", trouble=error.trouble.value)
            return None
        with self._lock, tempfile.TemporaryDirectory(prefix="wechat-") as folder:
            path = Path(folder) / "voice"
            path.write_bytes(octets)
            try:
                return self._hear(path)
            except (AudioError, SpeechModelError) as error:
                log.warning("a voice message can't be heard", error=type(error).__name__)
                return None

    def _hear(self, path: Path) -> str | None:
        if self._loaded is None:
            data = self._settings.data
            self._loaded = open_model(self._settings.speech_model), Hearing.load(data)
        model, hearing = self._loaded
        said = [
            hearing.understand(heard).text
            for heard in listen(model, path)
            if isinstance(heard, Transcript) and heard.text
        ]
        return "，".join(said) or None


class Mouth:
    """Implements `bot.channels.wechat.sender.Mouth`; loads the voice with the first answer."""

    def __init__(self, settings: VoiceSettings, speaker: Callable[[], Speaker]) -> None:
        self._settings, self._open = settings, speaker
        self._lock = threading.Lock()
        self._speaker: Speaker | None = None

    def __call__(self, text: str) -> bytes | None:
        """See `Mouth`."""
        with self._lock:
            try:
                self._speaker = self._speaker or self._open()
                style = Style(voice=self._settings.voice, speed=self._settings.speed)
                pieces = list(
                    self._speaker.stream(text[:_LONGEST], style, rate=RATE, patience=_PATIENCE)
                )
                said = np.concatenate(pieces)[: _SECONDS * RATE]
                return mp3(Pcm(said, RATE))
            except (SynthesisError, Mp3Error, ValueError) as error:
                log.warning("an answer can't be spoken", error=type(error).__name__)
                return None

    def close(self) -> None:
        """Ends what was loaded."""
        with self._lock:
            if self._speaker is not None:
                self._speaker.close()


def build_voice(api: Api, settings: VoiceSettings) -> tuple[Ear, Mouth]:
    """Both, with nothing loaded yet."""
    return Ear(api, settings), Mouth(settings, lambda: open_speaker(settings, data=settings.data))
