import numpy as np
import pytest

from voice.model.acoustic import augmentation as augment

RATE = 16_000


def voice() -> np.ndarray:
    t = np.arange(RATE) / RATE
    return (6_000 * np.sin(2 * np.pi * 180 * t) * (1 + np.sin(2 * np.pi * 3 * t))).astype("f4")


def noise() -> np.ndarray:
    return np.random.default_rng(9).standard_normal(RATE).astype("f4") * 900


@pytest.mark.parametrize("seed", range(12))
def test_every_hearing_is_sound_that_a_recogniser_takes(seed: int) -> None:
    heard = augment.augment(voice(), np.random.default_rng(seed), noise)
    assert heard.dtype == np.float32
    assert np.isfinite(heard).all()
    assert np.abs(heard).max() <= 33_500  # the resampler behind the line may ring a little
    assert 0.9 * RATE < len(heard) < 2.2 * RATE


def test_a_run_can_be_repeated() -> None:
    once = augment.augment(voice(), np.random.default_rng(4), noise)
    again = augment.augment(voice(), np.random.default_rng(4), noise)
    other = augment.augment(voice(), np.random.default_rng(5), noise)
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


def test_noise_is_no_louder_than_the_voice_and_no_more_than_28_decibels_below_it() -> None:
    for seed in range(20):
        x = voice()
        added = augment.with_noise(x, np.random.default_rng(seed), noise) - x
        below = 10 * np.log10(np.mean(x**2) / np.mean(added**2))
        assert -0.1 < below < 28.1


def test_a_telephone_lets_nothing_through_above_four_kilohertz() -> None:
    t = np.arange(RATE) / RATE
    high = (8_000 * np.sin(2 * np.pi * 5_500 * t) + voice()).astype("f4")
    spectrum = np.abs(np.fft.rfft(augment.over_the_telephone(high, np.random.default_rng(1))))
    frequencies = np.fft.rfftfreq(2 * (len(spectrum) - 1), 1 / RATE)
    assert spectrum[frequencies > 4_500].max() < 0.02 * spectrum.max()


def test_age_trembles() -> None:
    steady = (6_000 * np.sin(2 * np.pi * 200 * np.arange(RATE) / RATE)).astype("f4")
    old = augment.aged(steady, np.random.default_rng(2))
    strength = np.abs(old).reshape(-1, 400).max(1)
    assert strength.max() / strength.min() > 1.1
