"""Changing the rate: no aliases, no joins, the right length."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.audio.sounds import babble, strength, tone
from voice.audio.pcm import Samples
from voice.audio.resampling import Resampler, resample

SPEECH = babble(1.0, 24000)


def _pushed(samples: Samples, cuts: list[int], *, quick: bool = False) -> Samples:
    resampler = Resampler(24000, 8000, quick=quick)
    pieces = np.split(samples, sorted(cuts))
    changed = [resampler.push(piece) for piece in pieces[:-1]]
    return np.concatenate([*changed, resampler.push(pieces[-1], last=True)])


@pytest.mark.parametrize(
    ("rate", "to"), [(8000, 16000), (24000, 8000), (44100, 16000), (11025, 8000)]
)
def test_length_and_pitch_stay(rate: int, to: int) -> None:
    changed = resample(tone(1.0, rate, 1000), rate, to)
    assert changed.dtype == np.float32
    assert abs(len(changed) - to) <= 1
    assert strength(changed, to, 1000) == pytest.approx(0.3, rel=0.01)


@pytest.mark.parametrize("quick", [False, True])
def test_what_the_lower_rate_cannot_hold_is_gone(quick: bool) -> None:
    folded = _pushed(tone(1.0, 24000, 6000), [5000, 9000], quick=quick)
    assert strength(folded, 8000, 2000) < 0.3 * 10 ** (-80 / 20)


@settings(deadline=None)  # other work on the machine may hold it up
@given(st.lists(st.integers(0, len(SPEECH)), max_size=12), st.booleans())
def test_cuts_cannot_be_heard(cuts: list[int], quick: bool) -> None:
    np.testing.assert_allclose(
        _pushed(SPEECH, cuts, quick=quick), _pushed(SPEECH, [], quick=quick), atol=1e-6
    )


def test_a_stream_ends_like_the_whole() -> None:
    np.testing.assert_allclose(_pushed(SPEECH, [777]), resample(SPEECH, 24000, 8000), atol=1e-5)


@pytest.mark.parametrize("quick", [False, True])
def test_after_the_last_a_new_stream_begins(quick: bool) -> None:
    resampler = Resampler(24000, 8000, quick=quick)
    first = resampler.push(SPEECH, last=True)
    assert np.array_equal(resampler.push(SPEECH, last=True), first)


@pytest.mark.parametrize(
    ("rate", "to"), [(8000, 16000), (16000, 8000), (24000, 8000), (48000, 16000)]
)
def test_a_live_call_waits_no_longer_than_4_ms(rate: int, to: int) -> None:
    resampler = Resampler(rate, to, quick=True)
    frame = rate // 50
    told = 0
    for number in range(1, 51):
        told += len(resampler.push(tone(1.0, rate)[:frame]))
        assert number / 50 - told / to < 0.004


@pytest.mark.parametrize("rate", [8000, 24000])
@pytest.mark.parametrize("hertz", [100, 1000, 3000, 3400])
def test_the_telephone_band_stays_flat_in_live_calls(rate: int, hertz: int) -> None:
    to = 16000 if rate == 8000 else 8000
    changed = Resampler(rate, to, quick=True).push(tone(1.0, rate, hertz), last=True)
    assert len(changed) == to
    assert strength(changed, to, hertz) == pytest.approx(0.3, rel=0.01)


def test_live_calls_get_no_images_above_the_band() -> None:
    changed = Resampler(8000, 16000, quick=True).push(tone(1.0, 8000, 3400), last=True)
    assert strength(changed, 16000, 4600) < 0.3 * 10 ** (-80 / 20)


def test_a_quick_stream_begins_when_its_input_does() -> None:
    quick = Resampler(8000, 16000, quick=True).push(tone(1.0, 8000), last=True)
    np.testing.assert_allclose(quick[200:-200], tone(1.0, 16000)[200:-200], atol=1e-4)


def test_odd_rates_are_taken_in_live_calls_too() -> None:
    changed = Resampler(44100, 16000, quick=True).push(tone(1.0, 44100), last=True)
    assert len(changed) == 16000


def test_nothing_stays_nothing_and_the_same_rate_changes_nothing() -> None:
    nothing = np.zeros(0, dtype=np.float32)
    assert len(resample(nothing, 8000, 16000)) == 0
    assert len(Resampler(8000, 16000).push(nothing, last=True)) == 0
    assert Resampler(8000, 8000).push(SPEECH) is SPEECH


def test_one_sample_and_backward_slices_are_taken() -> None:
    assert len(resample(SPEECH[:1], 8000, 16000)) == 2
    np.testing.assert_array_equal(
        resample(SPEECH[::-1], 24000, 8000), resample(SPEECH[::-1].copy(), 24000, 8000)
    )
