"""What speaking costs: how soon the first sound is there, and what it takes to make."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from prometheus_client import CollectorRegistry
from rich.console import Console
from rich.progress import Progress

from benchmarks.speech.times import Times, timed, times
from voice.audio.alaw_stream import AlawStream, to_alaw
from voice.audio.pcm import Pcm, Samples
from voice.synthesis.clause import Clause
from voice.synthesis.espeak import Espeak
from voice.synthesis.port import Style
from voice.synthesis.speaker import Speaker

LINE = 8_000
_GREETING = "您好，这里是一二三四九。"
_HITS = 50
_AT_ONCE = 6
"""Callers who get a new sentence at the same moment."""


@dataclass(frozen=True)
class Voice:
    """All figures."""

    replies: Times
    """First sound of the answers of the test dialogues; most begin with a rendered piece."""
    new: Times
    """First sound of sentences that nobody has said before."""
    cached: Times
    """First sound of a sentence that has been said before."""
    cpu: float
    """Seconds of processor time for a second of new speech."""
    alaw: Times
    """To 8 kHz A-law, for each second of speech in one piece."""
    alaw_live: Times
    """The same in chunks of 0.1 s with the short delay of a live call."""
    fallback: Times
    """A short clause by espeak."""
    crowd: Times
    """First sound when six callers get a new sentence at once."""
    waited: float
    """Milliseconds that their clauses waited in the queue, the mean."""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def measure(
    speaker: Speaker,
    registry: CollectorRegistry,
    *,
    replies: list[str],
    new: list[str],
    console: Console,
    espeak: Espeak,
) -> Voice:
    """Takes about two minutes; `new` holds at least 26 sentences never rendered before.

    Raises SynthesisError.
    """
    if len(new) < 20 + _AT_ONCE:
        raise ValueError(f"{len(new)} new sentences: expected {20 + _AT_ONCE}")
    with Progress(console=console) as progress:
        bar = progress.add_task("voice", total=len(replies) + 20 + 5)
        speaker.say(_GREETING)  # the dictionaries are read, and the greeting is in the cache

        def each(texts: list[str], work: Callable[[str], float]) -> Iterator[float]:
            for text in texts:
                yield work(text)
                progress.advance(bar)

        first = times([*each(replies, lambda text: _first(speaker, text))])
        fresh = times([*each(new[:12], lambda text: _first(speaker, text))])
        cpu, pcm = _cost(speaker, new[12:20])
        progress.advance(bar, 8)
        cached = times([_first(speaker, _GREETING) for _ in range(_HITS)])
        progress.advance(bar)
        alaw = times([timed(lambda: to_alaw(pcm.samples, pcm.rate)) / pcm.seconds for _ in "12345"])
        live = times([timed(lambda: _live(pcm)) / pcm.seconds for _ in "12345"])
        progress.advance(bar)
        clause = Clause("您好，我给您找个人。")
        spoken = times([timed(lambda: espeak.render(clause, Style())) for _ in "12345"])
        progress.advance(bar)
        crowd, waited = _crowd(speaker, registry, new[20 : 20 + _AT_ONCE])
        progress.advance(bar, 2)
    return Voice(first, fresh, cached, cpu, alaw, live, spoken, crowd, waited)


def _first(speaker: Speaker, text: str) -> float:
    """Seconds until the telephone gets its first sample; the rest is not made."""
    started = time.perf_counter()
    stream: Iterator[Samples] = speaker.stream(text, rate=LINE)
    next(stream)
    took = time.perf_counter() - started
    del stream  # closing it ends the work that was begun ahead
    return took


def _cost(speaker: Speaker, texts: list[str]) -> tuple[float, Pcm]:
    started = time.process_time()
    spoken = [speaker.say(text, patience=60.0) for text in texts]
    cpu = time.process_time() - started
    return cpu / sum(pcm.seconds for pcm in spoken), max(spoken, key=lambda pcm: pcm.seconds)


def _live(pcm: Pcm) -> None:
    stream = AlawStream(pcm.rate, quick=True)
    size = pcm.rate // 10
    for start in range(0, len(pcm.samples), size):
        stream.push(pcm.samples[start : start + size])
    stream.push(pcm.samples[:0], last=True)


def _crowd(speaker: Speaker, registry: CollectorRegistry, texts: list[str]) -> tuple[Times, float]:
    before = _waited(registry)
    with ThreadPoolExecutor(len(texts)) as callers:
        first = list(callers.map(lambda text: _first(speaker, text), texts))
    total, count = (after - was for after, was in zip(_waited(registry), before, strict=True))
    return times(first), 1000 * total / max(1.0, count)


def _waited(registry: CollectorRegistry) -> tuple[float, float]:
    """Seconds that all clauses waited so far, and how many they are."""
    name = "voice_synthesis_wait_seconds"
    return (
        registry.get_sample_value(f"{name}_sum") or 0.0,
        registry.get_sample_value(f"{name}_count") or 0.0,
    )
