"""The clock that never sleeps, and the search for the most calls."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.speech.load import LATEST, Load, bear, most


class _Even:
    """Every chunk of every call takes the same time, one after the other."""

    def __init__(self, calls: int, each: float) -> None:
        self._heard = [each * (call + 1) for call in range(calls)]

    def tick(self, number: int) -> list[float]:
        return self._heard


class _Bursts:
    """Every fifth tick all the work of five."""

    def tick(self, number: int) -> list[float]:
        return [0.35] if number % 5 == 0 else [0.001]


def test_as_much_work_as_it_takes_for_a_second_of_sound() -> None:
    load = bear(_Even(10, 0.005), 10, 40)
    assert load.factor == pytest.approx(0.5)
    assert load.p95 == pytest.approx(0.0475, abs=0.003)
    assert load.holds


def test_what_is_too_much_is_ever_later() -> None:
    load = bear(_Even(10, 0.011), 10, 100)
    assert load.factor == pytest.approx(1.1)
    assert load.p95 > LATEST
    assert not load.holds


def test_work_in_bursts_delays_the_chunks_behind_it() -> None:
    load = bear(_Bursts(), 1, 100)
    assert load.factor < 1
    assert load.p95 == pytest.approx(0.35, abs=0.01)
    assert not load.holds


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(1, 40))
def test_the_most_calls_are_found(capacity: int, start: int) -> None:
    tried = []

    def attempt(calls: int) -> Load:
        tried.append(calls)
        return Load(calls, calls / (capacity + 0.5), 0.1)

    best = most(attempt, tries=12, start=start)[0]
    assert best.holds
    assert best.calls <= capacity
    assert best.calls >= 0.9 * capacity - 1
    assert len(tried) == len(set(tried)) <= 12


def test_no_call_at_all() -> None:
    tried = most(lambda calls: Load(calls, 3.0 * calls, 1.0), start=4)
    assert [load.calls for load in tried if load.holds] == []
    assert min(load.calls for load in tried) == 1
