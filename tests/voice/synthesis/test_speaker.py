"""Where a reply's pieces come from, and that a call is never silent."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from tests.voice.synthesis.speaking import Fallback, Voice, speaker
from voice.audio.pcm import Samples
from voice.synthesis.clause import Clause
from voice.synthesis.espeak import Espeak
from voice.synthesis.port import RATE, Style, SynthesisError
from voice.synthesis.voices import VoiceError

REPLY = "记下了，刘长贵。怎么称呼您？"
SOON = 600.0
"""Seconds of patience, so that a busy machine fails no test."""
SAID = ["记下了，", "刘长贵。", "怎么称呼您？"]


def heard(sound: Samples) -> float:
    return float(np.sqrt(np.mean(sound**2))) if len(sound) else 0.0


def test_a_reply_is_made_once_and_then_comes_from_memory(tmp_path: Path) -> None:
    voice = Voice()
    talker = speaker(tmp_path, voice)
    first = talker.say(REPLY, patience=SOON).samples
    assert voice.asked == SAID
    np.testing.assert_allclose(talker.say(REPLY, patience=SOON).samples, first, atol=1e-3)
    assert voice.asked == SAID
    assert not list(tmp_path.rglob("*.pcm")), "a caller's name is never on disk"
    talker.close()


def test_only_own_clauses_are_on_disk_and_survive(tmp_path: Path) -> None:
    talker = speaker(tmp_path, Voice())
    own = [Clause("记下了，"), Clause("怎么称呼您？")]
    assert list(talker.render(own)) == own
    talker.close()
    again = Voice()
    other = speaker(tmp_path, again)
    other.say(REPLY, patience=SOON)
    assert again.asked == ["刘长贵。"]
    other.tidy({other.style: own[:1]})
    assert len(list(tmp_path.rglob("*.pcm"))) == 1
    other.close()


def test_a_changed_prompt_and_a_new_model_are_made_again(tmp_path: Path) -> None:
    first = speaker(tmp_path, Voice())
    list(first.render([Clause("记下了，")]))
    first.close()
    voice = Voice()
    changed = speaker(tmp_path, voice)
    list(changed.render([Clause("记下了，"), Clause("都记下了，")]))
    assert voice.asked == ["都记下了，"]
    changed.close()
    newer = Voice()
    renewed = speaker(tmp_path, newer, version="next")
    list(renewed.render([Clause("记下了，")]))
    assert newer.asked == ["记下了，"]
    renewed.close()


def test_own_clauses_said_in_a_call_are_kept(tmp_path: Path) -> None:
    talker = speaker(tmp_path, Voice())
    talker.keep([Clause("记下了，")])
    talker.say(REPLY, patience=SOON)
    assert len(list(tmp_path.rglob("*.pcm"))) == 1
    talker.close()


def test_a_damaged_piece_is_made_again(tmp_path: Path) -> None:
    first = speaker(tmp_path, Voice())
    list(first.render([Clause("记下了，")]))
    first.close()
    (path,) = tmp_path.rglob("*.pcm")
    path.write_bytes(path.read_bytes()[:-3])
    voice = Voice()
    talker = speaker(tmp_path, voice)
    assert heard(talker.say(REPLY, patience=SOON).samples) > 0.01
    assert sorted(voice.asked) == sorted(SAID)  # what was known to be missing came first
    talker.close()


def test_a_broken_voice_is_replaced_and_then_left_alone(tmp_path: Path) -> None:
    voice, fallback = Voice(fails=True), Fallback()
    talker = speaker(tmp_path, voice, fallback=fallback)
    with capture_logs() as logs:
        assert heard(talker.say(REPLY, patience=SOON).samples) > 0.01
    assert fallback.asked == SAID
    talker.say(REPLY, patience=SOON)
    assert voice.asked == SAID[:1], "no caller waits for the same failure again"
    assert "刘长贵" not in str(logs)
    assert any("fallback" in entry["event"] for entry in logs)
    talker.close()


def test_with_the_real_fallback_something_is_heard(tmp_path: Path) -> None:
    talker = speaker(tmp_path, Voice(fails=True), fallback=Espeak(patience=120))
    pcm = talker.say("您稍等。", patience=SOON)
    assert pcm.seconds > 0.3
    assert heard(pcm.samples) > 0.01
    talker.close()


def test_a_slow_voice_is_stopped_and_replaced(tmp_path: Path) -> None:
    voice, fallback = Voice(waits_for=threading.Event()), Fallback()
    talker = speaker(tmp_path, voice, fallback=fallback)
    pieces = list(talker.stream(REPLY, patience=0.05))
    assert fallback.asked == SAID
    assert heard(np.concatenate(pieces)) > 0.01
    talker.close()  # would wait for ever for work that nobody stopped
    assert voice.stopped.is_set() or not voice.asked


def test_a_slow_voice_is_better_than_none(tmp_path: Path) -> None:
    slow = threading.Event()
    voice = Voice(waits_for=slow)

    class Broken(Fallback):
        def render(self, clause: Clause, _style: Style) -> Samples:
            slow.set()
            raise SynthesisError("broken on purpose")

    talker = speaker(tmp_path, voice, fallback=Broken())
    assert heard(np.concatenate(list(talker.stream("您稍等。", patience=0.05)))) > 0.01
    talker.close()


def test_without_any_voice_there_is_an_error_and_no_hang(tmp_path: Path) -> None:
    talker = speaker(tmp_path, Voice(fails=True), fallback=Fallback(fails=True))
    with pytest.raises(SynthesisError):
        talker.say(REPLY, patience=SOON)
    talker.close()


def test_hanging_up_frees_the_place(tmp_path: Path) -> None:
    registry = CollectorRegistry()
    voice = Voice()
    talker = speaker(tmp_path, voice, registry=registry)
    stream = talker.stream(REPLY * 20, patience=SOON)
    assert len(next(stream))
    assert isinstance(stream, Iterator)
    stream.close()  # type: ignore[attr-defined]
    talker.close()
    assert registry.get_sample_value("voice_synthesis_waiting") == 0
    assert len(voice.asked) <= 2, "no more than one clause ahead"


def test_callers_at_once_are_all_heard(tmp_path: Path) -> None:
    talker = speaker(tmp_path, Voice(), limit=2)
    with ThreadPoolExecutor(8) as threads:
        said = list(
            threads.map(
                lambda n: talker.say(f"您的单号是{n}。请记好。", patience=SOON), range(1000, 1024)
            )
        )
    assert all(heard(pcm.samples) > 0.01 for pcm in said)
    talker.close()


@pytest.mark.parametrize("text", ["", "  \n", "。，！", "🙂"])
def test_nothing_to_say_is_nothing(tmp_path: Path, text: str) -> None:
    talker = speaker(tmp_path, Voice())
    assert list(talker.stream(text)) == []
    talker.close()


def test_a_voice_that_is_not_offered_is_refused_before_anything_is_said(tmp_path: Path) -> None:
    talker = speaker(tmp_path, Voice())
    with pytest.raises(VoiceError, match="声调不准"):
        talker.stream("您好", Style(voice="zf_xiaoni"))
    talker.close()


@pytest.mark.parametrize("pauses", [0.5, 1.0, 2.0])
def test_pauses_follow_the_caller(tmp_path: Path, pauses: float) -> None:
    talker = speaker(tmp_path, Voice())
    seconds = talker.say("记下了，您好。行。", Style(pauses=pauses), patience=SOON).seconds
    assert seconds == pytest.approx(3 * 0.25 + pauses * (0.22 + 0.35), abs=0.02)
    talker.close()


def test_where_pieces_meet_nothing_clicks(tmp_path: Path) -> None:
    talker = speaker(tmp_path, Voice())
    for rate in (RATE, 8_000):
        sound = np.concatenate(list(talker.stream(REPLY, rate=rate, patience=SOON)))
        # The steepest step of the tone itself, and a little for the filter's ripple.
        assert np.abs(np.diff(sound)).max() <= 0.2 * 2 * np.pi * 220 / rate * 1.2
    talker.close()
