"""What hearing costs: time, memory, and how many calls a machine holds."""

import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.progress import Progress

from benchmarks.speech.load import Load, bear, most
from benchmarks.speech.our_calls import OurCalls
from benchmarks.speech.plain_calls import PlainCalls, PlainServer, plain_server
from benchmarks.speech.sound import LINE, Talk
from evaluation.speech.listening import listen
from voice.audio.g711 import alaw_decode
from voice.audio.pcm import Pcm, from_int16
from voice.recognition.grammar import Grammar, digits
from voice.recognition.vosk_model import SpeechModel, open_model

_MINUTE = 40.0
"""Seconds of sound that the real-time factor is measured on."""
_CALLS = 20
"""That memory is measured with."""
_TALKING = 6.0
"""Seconds that each of them has been heard."""
_TICKS = 40
_TRIES = 6


@dataclass(frozen=True)
class Side:
    """One way to hear many calls."""

    load: Load
    """The most calls that it held."""
    cpu: float
    """Seconds of processor time for a second of one call."""
    mib: float
    """A call."""


@dataclass(frozen=True)
class Ears:
    """All figures."""

    open_factor: float
    """Seconds of processor time for a second of sound, the whole vocabulary."""
    digits_factor: float | None
    """The same narrowed to digits; None for a model that takes no grammar."""
    model_mib: float
    load_seconds: float
    ours: Side
    plain: Side
    cores: int

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def measure(path: Path, talk: Talk, console: Console) -> Ears:
    """Takes about two minutes on an idle machine; raises SpeechModelError."""
    with Progress(console=console) as progress:
        bar = progress.add_task("ears", total=5 + 2 * _TRIES)
        before, started = _mib(), time.perf_counter()
        model = open_model(path)
        seconds = time.perf_counter() - started
        listen(model.recogniser(LINE), _start(talk, 2.0))  # maps the graphs
        model_mib = _mib() - before
        progress.advance(bar)
        our_mib = _memory(model, talk)
        progress.advance(bar)
        open_factor = _factor(model, talk, None)
        progress.advance(bar)
        digits_factor = _factor(model, talk, digits()) if model.takes_grammars else None
        progress.advance(bar)

        def ours(calls: int) -> Load:
            progress.advance(bar)
            with OurCalls(model, talk, calls, os.cpu_count() or 1) as streams:
                return bear(streams, calls, _TICKS)

        our_load = most(ours, tries=_TRIES)[0]
        our_cpu = _our_cpu(model, talk)
        with plain_server(path) as server:

            def plain(calls: int) -> Load:
                progress.advance(bar)
                with PlainCalls(server, talk, calls) as streams:
                    return bear(streams, calls, _TICKS)

            plain_cpu, plain_mib = _plain_costs(server, talk)
            plain_load = most(plain, tries=_TRIES)[0]
        progress.update(bar, completed=5 + 2 * _TRIES)
    return Ears(
        open_factor=open_factor,
        digits_factor=digits_factor,
        model_mib=model_mib,
        load_seconds=seconds,
        ours=Side(our_load, our_cpu, our_mib),
        plain=Side(plain_load, plain_cpu, plain_mib),
        cores=os.cpu_count() or 1,
    )


def _start(talk: Talk, seconds: float) -> Pcm:
    return Pcm(from_int16(alaw_decode(talk.codes(0, 0, seconds))), LINE)


def _factor(model: SpeechModel, talk: Talk, grammar: Grammar | None) -> float:
    """Processor time over sound time, one call on one thread."""
    pcm = _start(talk, _MINUTE)
    started = time.process_time()
    listen(model.recogniser(LINE, grammar), pcm)
    return (time.process_time() - started) / pcm.seconds


def _memory(model: SpeechModel, talk: Talk) -> float:
    """MiB a call that has been going on for a while."""
    before = _mib()
    calls = [model.recogniser(LINE) for _ in range(_CALLS)]
    for call, ears in enumerate(calls):
        ears.accept(from_int16(alaw_decode(talk.codes(call, 0, _TALKING))))
    return (_mib() - before) / len(calls)


def _our_cpu(model: SpeechModel, talk: Talk) -> float:
    """Of everything: decoding A-law, the pool, the recognisers."""
    calls = 4
    with OurCalls(model, talk, calls, os.cpu_count() or 1) as streams:
        started = time.process_time()
        bear(streams, calls, _TICKS)
        return (time.process_time() - started) / (calls * (_TICKS + 5) * 0.1)


def _plain_costs(server: PlainServer, talk: Talk) -> tuple[float, float]:
    """Processor time of the server alone for a second of a call, and MiB a call."""
    with PlainCalls(server, talk, 1) as streams:
        bear(streams, 1, _TICKS)
        alone = server.mib()
        with PlainCalls(server, talk, _CALLS) as more:
            started = server.cpu()
            bear(more, _CALLS, _TICKS)
            cpu = (server.cpu() - started) / (_CALLS * (_TICKS + 5) * 0.1)
            return cpu, (server.mib() - alone) / _CALLS


def _mib() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20
