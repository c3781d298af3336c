"""A call with a running system from the caller's end: speaks, and understands what it hears."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pypinyin import lazy_pinyin
from rapidfuzz import fuzz

from care.settings import read_settings
from evaluation.calls.phone import Pcm16, Phone, phone
from voice.audio.alaw_stream import LINE_RATE
from voice.audio.pcm import from_int16
from voice.recognition.transcript import Transcript
from voice.recognition.vosk_model import SpeechModel, open_model

GREETING = ("您好,自动助手有录音", "说人工或按零")
_LOOK = 0.3
"""Seconds of sound that are listened to at a time."""
_START = 0.1
"""Seconds until a telephone begins to say what it was given."""
_OVERLAP = 0.5
"""Seconds that an answer may begin earlier than it is listened to."""
_ALIKE = 68
"""Percent: through a telephone line a sentence is understood to 75 or more of its sounds, and
another sentence has below 60 of them."""


_SAID = Path(__file__).parent / "said"
"""Recorded sentences by what they say: one of Kokoro's voices that no training has heard, 8 kHz.
`evaluation.calls.voices` makes more."""


@dataclass(frozen=True)
class Person:
    """Ears of the callers of a test module."""

    model: SpeechModel


def person() -> Person:
    """Somebody who listens."""
    return Person(open_model(read_settings().speech_model))


def recorded(text: str) -> Pcm16:
    """Somebody who says it."""
    samples, rate = soundfile.read(_SAID / f"{text}.flac", dtype="int16")
    assert rate == LINE_RATE
    return np.asarray(samples, np.int16)


async def begin_to_say(telephone: Phone, text: str) -> float:
    """Speaks; returns at once, with the seconds that it takes."""
    samples = recorded(text)
    await telephone.say(samples, LINE_RATE)
    return len(samples) / LINE_RATE


async def speak(telephone: Phone, text: str) -> None:
    """Speaks, and returns with the last syllable."""
    await asyncio.sleep(await begin_to_say(telephone, text) + _START)


class _Ears:
    """Understands while the other side still speaks: long replies have no pauses to wait for."""

    def __init__(self, model: SpeechModel) -> None:
        self._recogniser = model.recogniser(LINE_RATE)
        self._closed = ""

    def hear(self, samples: Pcm16) -> str:
        """All since `forget`."""
        heard = self._recogniser.accept(from_int16(samples))
        if isinstance(heard, Transcript):
            self._closed += heard.text
            return self._closed
        return self._closed + (heard.text if heard else "")

    def forget(self) -> None:
        """What comes now is another turn."""
        self._recogniser.finish()
        self._closed = ""


class Talk:
    """One call."""

    def __init__(self, who: Person, telephone: Phone) -> None:
        self.telephone = telephone
        self._ears = _Ears(who.model)
        self._heard = 0
        """Samples of what came that were listened to already."""

    async def say(self, text: str, *wanted: str, timeout: float = 25.0) -> str:
        """Speaks, and gives the answer as far as it was wanted."""
        await speak(self.telephone, text)
        before = len(self.telephone.heard()) - round(_OVERLAP * LINE_RATE)
        self._heard = max(self._heard, before)  # what was said until then is no answer
        return await self.hear(*wanted, timeout=timeout)

    async def keep_saying(self, text: str, *wanted: str, times: int = 3) -> str:
        """Says it again where nothing that was wanted came back, as people do on a bad line."""
        for _ in range(times - 1):
            with suppress(pytest.fail.Exception):
                return await self.say(text, *wanted, timeout=12.0)
        return await self.say(text, *wanted)

    async def hear(self, *wanted: str, timeout: float = 25.0) -> str:
        """What comes until one of these sentences was in it; the test fails where none ever is."""
        self._ears.forget()
        text = ""
        try:
            async with asyncio.timeout(timeout):
                while not any(sounds_like(each, text) for each in wanted):
                    await asyncio.sleep(_LOOK)
                    samples = self.telephone.heard()[self._heard :]
                    self._heard += len(samples)
                    if len(samples):
                        text = await asyncio.to_thread(self._ears.hear, samples) or text
        except TimeoutError:
            pytest.fail(f"{' / '.join(wanted)} was never heard, only: {text}")
        return text


@asynccontextmanager
async def calling(
    who: Person, port: int, folder: Path, *, timeout: float = 25.0
) -> AsyncIterator[Talk]:
    """A call to a port of the loopback, once the greeting was heard; hung up in the end."""
    async with phone(folder) as telephone:
        await telephone.call(f"sip:12349@127.0.0.1:{port}")
        talk = Talk(who, telephone)
        await talk.hear(*GREETING, timeout=timeout)
        yield talk
        await telephone.hang_up()


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Waits for what another process does; the test fails when it doesn't."""
    try:
        async with asyncio.timeout(seconds):
            while not await asyncio.to_thread(condition):
                await asyncio.sleep(0.1)
    except TimeoutError:
        pytest.fail(f"it didn't come true within {seconds:g} s")


def sounds_like(sentence: str, heard: str) -> bool:
    """Whether the sounds of the sentence are in what was understood, a few of them wrong."""
    return likeness(sentence, heard) >= _ALIKE


def likeness(sentence: str, heard: str) -> float:
    """Percent of the sentence's sounds that are in what was understood."""
    return fuzz.partial_ratio(_sounds(sentence), _sounds(heard)) if heard else 0.0


def _sounds(text: str) -> str:
    return "".join(lazy_pinyin("".join(sign for sign in text if sign.isalnum())))
