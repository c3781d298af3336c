"""Utterances are made once and found again by their content."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from rich.console import Console

from evaluation.speech.rendering import RATE, Store, Utterance
from voice.audio.errors import AudioError
from voice.audio.pcm import Samples
from voice.synthesis.kokoro import Kokoro
from voice.synthesis.port import Style

QUIET = Console(quiet=True)


class _Tone:
    """Half a second for each text; counts how often it was asked."""

    rate = 24_000

    def __init__(self) -> None:
        self.asked: list[tuple[str, Style]] = []

    def stream(self, text: str, style: Style) -> Iterator[Samples]:
        self.asked.append((text, style))
        yield np.full(self.rate // 2, 0.25, np.float32)


def _store(folder: Path, voice: _Tone | None) -> Store:
    return Store(folder / "sound", cast(Kokoro | None, voice))


def test_each_utterance_is_made_once(tmp_path: Path) -> None:
    voice = _Tone()
    said = [Utterance("两份饭", "a"), Utterance("两份饭", "b", 0.7), Utterance("两份饭", "a")]
    _store(tmp_path, voice).render(said, QUIET)
    assert sorted(style.voice for _, style in voice.asked) == ["a", "b"]
    assert {style.speed for _, style in voice.asked} == {1.0, 0.7}
    _store(tmp_path, voice).render(said, QUIET)
    assert len(voice.asked) == 2
    pcm = _store(tmp_path, None).get(said[0])
    assert pcm.rate == RATE
    assert pcm.seconds == pytest.approx(0.5, abs=0.01)
    assert list((tmp_path / "sound").glob("*.part")) == []


def test_digits_are_spoken(tmp_path: Path) -> None:
    voice = _Tone()
    _store(tmp_path, voice).render([Utterance("单号4071", "a")], QUIET)
    assert [text for text, _ in voice.asked] == ["单号四零七幺"]


def test_names_tell_speakers_speeds_and_sounds_apart(tmp_path: Path) -> None:
    store = _store(tmp_path, None)
    one = Utterance("两份饭", "a")
    others = [Utterance("两份饭", "b"), Utterance("两份饭", "a", 0.7), Utterance("三份饭", "a")]
    assert len({store.path(each) for each in (one, *others)}) == 4


def test_what_was_never_made_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AudioError):
        _store(tmp_path, None).get(Utterance("两份饭", "a"))
    with pytest.raises(ValueError, match="without a voice"):
        _store(tmp_path, None).render([Utterance("两份饭", "a")], QUIET)
