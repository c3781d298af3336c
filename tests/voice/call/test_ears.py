"""One call's ears on a real pool: segments, partials and turns come together in order."""

import asyncio
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.voice.recognition.scripted import Scripted, transcript
from voice.call.ears import CallEars
from voice.recognition.pool import RecognitionPool
from voice.recognition.recogniser import Recogniser, Samples
from voice.recognition.transcript import Partial, Transcript

SOUND: Samples = np.zeros(160, np.float32)


class Model:
    """In the speech model's place."""

    takes_grammars = False

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    def recogniser(self, rate: int, grammar: object = None) -> Recogniser:
        return self._recogniser


class Broken(Scripted):
    """Raises as soon as it hears anything."""

    def accept(self, samples: Samples) -> Partial | Transcript | None:
        raise RuntimeError("broken on purpose")


def _as_heard(heard: Transcript) -> Any:
    return SimpleNamespace(text=heard.text, confidence=heard.confidence)


def _ears(pool: RecognitionPool, recogniser: Recogniser, partials: list[str]) -> CallEars:
    hearing: Any = SimpleNamespace(understand=_as_heard)
    model: Any = Model(recogniser)
    return CallEars(pool, model, hearing, 8000, partials.append)


def test_a_turn_is_everything_since_the_last_one() -> None:
    heard: list[Partial | Transcript | None] = [
        Partial("我想"),
        transcript("我想 订饭"),
        Partial("明天"),
        None,
    ]
    finished = [transcript("明天 中午"), transcript("对")]

    async def course() -> list[tuple[str, float]]:
        with RecognitionPool(1) as pool:
            ears = _ears(pool, Scripted(heard, finished), partials)
            for _ in heard:
                ears.push(SOUND)
                await asyncio.sleep(0.02)
            return [await ears.finish(), await ears.finish()]

    partials: list[str] = []
    turns = asyncio.run(course())
    assert [text for text, _ in turns] == ["我想订饭明天中午", "对"]
    assert partials[0] == "我想"
    assert partials[-1] == "我想订饭明天"


def test_a_broken_recogniser_is_told_and_not_waited_for() -> None:
    async def course() -> None:
        with RecognitionPool(1) as pool:
            ears = _ears(pool, Broken([], []), [])
            ears.push(SOUND)
            with pytest.raises(RuntimeError, match="on purpose"):
                await asyncio.wait_for(ears.finish(), 10)

    asyncio.run(course())
