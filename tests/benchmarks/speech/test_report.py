"""The figures of the voice come from where they say, and goals are judged by them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from prometheus_client import CollectorRegistry, Histogram
from rich.console import Console

from benchmarks.speech import voice
from benchmarks.speech.ears import Ears, Side
from benchmarks.speech.load import Load
from benchmarks.speech.report import report
from benchmarks.speech.times import Times
from voice.audio.pcm import Pcm, Samples
from voice.synthesis.espeak import Espeak
from voice.synthesis.speaker import Speaker

QUIET = Console(quiet=True)
NEW = [f"第{number}句" for number in range(40)]


class _Speaker:
    """Speaks at once; every clause waited a tenth of a second."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._waited = Histogram("voice_synthesis_wait_seconds", "", registry=registry)
        self.said: list[str] = []

    def stream(self, text: str, *, rate: int) -> Iterator[Samples]:
        assert rate == 8000
        self.said.append(text)
        self._waited.observe(0.1)
        yield np.zeros(rate, np.float32)

    def say(self, text: str, *, patience: float = 1.0) -> Pcm:
        return Pcm(np.full(24_000, 0.1, np.float32), 24_000)


class _Espeak:
    def render(self, clause: object, style: object) -> Samples:
        return np.zeros(10, np.float32)


def _voice() -> tuple[voice.Voice, _Speaker]:
    registry = CollectorRegistry()
    speaker = _Speaker(registry)
    return _measured(speaker, registry, NEW), speaker


def _measured(speaker: _Speaker, registry: CollectorRegistry, new: list[str]) -> voice.Voice:
    return voice.measure(
        cast(Speaker, speaker),
        registry,
        replies=["好。", "您好。"],
        new=new,
        console=QUIET,
        espeak=cast(Espeak, _Espeak()),
    )


def _ears() -> Ears:
    side = Side(Load(10, 0.8, 0.2), 0.05, 4.0)
    return Ears(0.05, None, 40.0, 1.0, side, side, 2)


def test_what_is_measured() -> None:
    found, speaker = _voice()
    assert (found.replies.count, found.new.count, found.crowd.count) == (2, 12, 6)
    assert found.waited == pytest.approx(100)
    new = [text for text in speaker.said if text in NEW]
    assert len(set(new)) == len(new) == 18


def test_too_few_new_sentences_are_refused() -> None:
    registry = CollectorRegistry()
    with pytest.raises(ValueError, match="expected 26"):
        _measured(_Speaker(registry), registry, NEW[:20])


def test_goals_are_judged_and_all_is_written(tmp_path: Path) -> None:
    found, _ = _voice()
    console = Console(record=True, width=120, quiet=False, file=(tmp_path / "log").open("w"))
    slow = voice.Voice(**{**vars(found), "new": Times(701.0, 900.0, 12)})
    assert not report(_ears(), slow, tmp_path / "out" / "bench.json", console)
    assert "MISS  first sound of wholly new text" in console.export_text()
    written = json.loads((tmp_path / "out" / "bench.json").read_text())
    assert written["ears"]["ours"]["load"]["calls"] == 10
    assert written["reached"] is False
