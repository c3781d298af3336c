import hashlib
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.turn import sounds
from tests.voice.turn.said import SENTENCES, SHORT, recorded
from voice.audio.resampling import resample
from voice.turn import silero
from voice.turn.activity import Activity
from voice.turn.end import TurnEnd
from voice.turn.silero import WINDOW, SileroError

RNG = np.random.default_rng(12349)
SENTENCE = sounds.over_the_line(
    np.concatenate([sounds.quiet(0.6, RNG), recorded("lunch"), sounds.quiet(0.8, RNG)])
)


@pytest.mark.parametrize("rate", [8000, 16000])
def test_speech_is_found_where_it_is(rate: int) -> None:
    windows = Activity(rate, began=100.0).push(resample(SENTENCE, 8000, rate))
    speech = [window for window in windows if window.is_speech()]
    assert speech[0].start == pytest.approx(100.65, abs=0.1)
    assert speech[-1].end == pytest.approx(100.0 + len(SENTENCE) / 8000 - 0.85, abs=0.2)
    assert len(speech) > 0.7 * len(recorded("lunch")) / 8000 / WINDOW
    assert max(window.level for window in speech) == pytest.approx(-16, abs=4)
    assert np.median([window.pitch for window in speech]) > 0.6


def test_windows_follow_each_other() -> None:
    windows = Activity(8000).push(SENTENCE)
    assert len(windows) == len(SENTENCE) // 256
    assert np.allclose(np.diff([window.start for window in windows]), WINDOW)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 1500), min_size=1, max_size=12))
def test_however_the_sound_is_cut(sizes: list[int]) -> None:
    whole, pieces = Activity(8000), Activity(8000)
    sound = SENTENCE[: sum(sizes)]
    cut = [
        window for part in np.split(sound, np.cumsum(sizes)[:-1]) for window in pieces.push(part)
    ]
    assert cut == whole.push(sound)


def test_after_lost_sound_the_time_is_right_again() -> None:
    activity = Activity(8000)
    activity.push(np.zeros(1600, np.float32), now=10.2)
    (window, *_) = activity.push(np.zeros(1600, np.float32), now=15.2)
    assert window.start == pytest.approx(15.0)


def test_jitter_moves_nothing() -> None:
    activity = Activity(8000, began=0.0)
    windows = [
        window
        for number, late in enumerate([0.0, 0.05, -0.03, 0.06, 0.0] * 4)
        for window in activity.push(np.zeros(160, np.float32), now=0.02 * (number + 1) + late)
    ]
    assert np.allclose(np.diff([window.start for window in windows]), WINDOW)


@pytest.mark.parametrize("name", SHORT)
def test_answers_of_one_syllable_are_turns(name: str) -> None:
    for level in (-18, -30, -38):
        end = TurnEnd()
        word = sounds.at_level(recorded(name), level)
        rng = np.random.default_rng(1)
        heard = np.concatenate([sounds.quiet(0.5, rng), word, sounds.quiet(0.5, rng)])
        for window in Activity(8000).push(sounds.over_the_line(heard)):
            end.hear(window)
        assert end.has_begun, f"{name} at {level} dB"


@pytest.mark.parametrize("name", SENTENCES)
def test_the_end_of_speech_is_found_in_time(name: str) -> None:
    """Silero lets go neither late, which callers wait for, nor before the last syllable fades."""
    end = TurnEnd()
    rng = np.random.default_rng(2)
    heard = np.concatenate([sounds.quiet(0.5, rng), recorded(name), sounds.quiet(1.5, rng)])
    for window in Activity(8000).push(sounds.over_the_line(heard)):
        end.hear(window)
    spoken_until = 0.5 + len(recorded(name)) / 8000 - 0.1
    assert end.last_sound is not None
    assert -0.3 <= end.last_sound - spoken_until <= 0.15


def test_silence_and_broken_samples_are_no_speech() -> None:
    activity = Activity(8000)
    broken = np.full(8000, np.nan, np.float32)
    for sound in (np.zeros(8000, np.float32), broken, np.full(8000, 7.0, np.float32)):
        assert not any(window.is_speech() for window in activity.push(sound))


def test_it_costs_little() -> None:
    """Meant: below 1 % of a core. Asserted with room for a machine that is busy otherwise."""
    activity = Activity(8000)
    activity.push(SENTENCE)
    began = time.process_time()
    for start in range(0, len(SENTENCE) - 160, 160):
        activity.push(SENTENCE[start : start + 160])
    assert (time.process_time() - began) / (len(SENTENCE) / 8000) < 0.04


def test_another_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="8000, 16000"):
        Activity(11025)


def test_another_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silero, "SHA256", hashlib.sha256(b"other").hexdigest())
    silero.silero.cache_clear()
    with pytest.raises(SileroError, match="script/setup"):
        silero.silero()
    monkeypatch.setattr(silero, "PACKAGE", "no_such_package")
    with pytest.raises(SileroError, match="script/setup"):
        silero.silero()
    silero.silero.cache_clear()
