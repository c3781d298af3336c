"""`python -m benchmarks.calls.plain_line PORT RASA`: a telephone assistant as it is put together
from its parts.

The same endpoint, recogniser, dialogue model and voice as ours, in the way that their manuals show:
Vosk says when a sentence is over, Rasa's webhook answers, and the whole answer is synthesised
before it is played.
"""

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import httpx
import numpy as np
import vosk

from care.settings import read_settings
from voice.audio.pcm import Samples, to_int16
from voice.audio.resampling import resample
from voice.line.leg import CallLeg, Gone, LegState, Pcm16, Sound
from voice.line.sip.line import SipLine
from voice.line.sip.settings import SipSettings
from voice.spoken.form import spoken
from voice.synthesis.kokoro import Kokoro, open_kokoro
from voice.synthesis.port import Style

READY = "ready"
GREETING = "您好，我是自动助手，您请讲。"
SORRY = "我没听清，您再说一遍。"
_CHUNK = 0.1
"""Seconds of sound that the recogniser is given at once."""


@dataclass(frozen=True)
class Stack:
    """What all calls share."""

    model: vosk.Model
    voice: Kokoro
    style: Style
    rasa: httpx.AsyncClient
    threads: ThreadPoolExecutor

    async def say(self, leg: CallLeg, text: str) -> None:
        """Synthesises all of it, then plays it."""
        work = partial(self._sound, text, leg.rate)
        samples = await asyncio.get_running_loop().run_in_executor(self.threads, work)
        if leg.state is LegState.UP:
            leg.play(samples)

    async def ask(self, sender: str, text: str) -> str:
        """What the dialogue says to that."""
        response = await self.rasa.post(
            "/webhooks/rest/webhook", json={"sender": sender, "message": text}
        )
        response.raise_for_status()
        return "".join(each.get("text", "") for each in response.json())

    def _sound(self, text: str, rate: int) -> Pcm16:
        pieces: list[Samples] = list(self.voice.stream(spoken(text), self.style))
        whole = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
        return to_int16(resample(whole, self.voice.rate, rate))


async def answer(stack: Stack, leg: CallLeg) -> None:
    """One call from its first ring to its end."""
    await leg.answer()
    recogniser = vosk.KaldiRecognizer(stack.model, leg.rate)
    loop = asyncio.get_running_loop()
    talking = loop.create_task(stack.say(leg, GREETING))
    waiting: list[Pcm16] = []
    async for event in leg.events():
        if isinstance(event, Gone):
            break
        if not isinstance(event, Sound):
            continue
        waiting.append(event.samples)
        if sum(map(len, waiting)) < _CHUNK * leg.rate:
            continue
        octets = np.concatenate(waiting).tobytes()
        waiting.clear()
        if not await loop.run_in_executor(stack.threads, recogniser.AcceptWaveform, octets):
            continue
        text = json.loads(recogniser.Result())["text"].replace(" ", "")
        if text:
            talking.cancel()
            leg.flush()
            talking = loop.create_task(_reply(stack, leg, text))
    talking.cancel()


async def _reply(stack: Stack, leg: CallLeg, text: str) -> None:
    await stack.say(leg, await stack.ask(f"plain-{leg.id}", text) or SORRY)


async def serve(port: int, rasa: str) -> None:
    """Until the standard input ends: whoever started it is gone then, too."""
    settings = read_settings()
    vosk.SetLogLevel(-1)
    model, voice = vosk.Model(str(settings.speech_model)), open_kokoro(settings.speech_folder)
    tasks: set[asyncio.Task[None]] = set()
    with ThreadPoolExecutor() as threads:
        async with httpx.AsyncClient(base_url=rasa, timeout=30.0, trust_env=False) as client:
            style = Style(voice=settings.voice, speed=settings.speed)
            stack = Stack(model, voice, style, client, threads)

            def on_call(leg: CallLeg) -> None:
                task = asyncio.create_task(answer(stack, leg))
                tasks.add(task)
                task.add_done_callback(tasks.discard)

            line = SipLine(SipSettings(port=port))
            await line.start(on_call)
            print(READY, flush=True)
            await asyncio.to_thread(sys.stdin.read)
            await line.stop()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
