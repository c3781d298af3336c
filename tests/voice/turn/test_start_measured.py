"""Barge-in with real sound through A-law at 8 kHz: rates are printed and asserted."""

import pytest

from tests.voice.turn.measured import (
    echo_trials,
    measure,
    noise_trials,
    speech_trials,
    television_trials,
    told,
)


def test_speech_stops_our_voice(capsys: pytest.CaptureFixture[str]) -> None:
    rates = measure(speech_trials())
    with capsys.disabled():
        print(f"\n{told(rates)}")
    assert rates.rate(rates.tried) >= 0.98
    assert rates.delay(50) <= 0.35
    assert rates.delay(90) <= 0.45, "300 ms of speech, and 150 ms until the stop"


def test_noises_and_televisions_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    rates = measure([*noise_trials(times=6), *television_trials()])
    with capsys.disabled():
        print(f"\n{told(rates)}")
    assert rates.rate(rates.tried) <= 0.02
    assert rates.rate(["cough", "door", "hum"]) == 0


def test_our_own_echo_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    rates = measure(echo_trials())
    with capsys.disabled():
        print(f"\n{told(rates)}")
    assert rates.rate(rates.tried) == 0
