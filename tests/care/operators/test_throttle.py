"""Lockout: what a row of failures costs, whatever the order of things."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from care.operators import throttle
from care.operators.model import SignInThrottle
from care.operators.throttle import LIMITS, Count, Limit
from care.storage.engine import Sessions
from tests.conftest import NOW

KINDS = st.sampled_from(
    [
        LIMITS.pair,
        LIMITS.name,
        LIMITS.address,
        Limit(0, timedelta(seconds=1), timedelta(seconds=9), timedelta(minutes=1)),
    ]
)
STEPS = st.lists(st.integers(-3600, 7200), max_size=60)
"""Seconds between tries; a clock may be set back."""


def after(limit: Limit, steps: list[int]) -> tuple[Count, datetime]:
    """Tries at each step, those while locked refused and not counted."""
    now, count = NOW, Count(0, NOW, None)
    for step in steps:
        now += timedelta(seconds=step)
        if not count.is_locked(now):
            count = count.failed(limit, now)
    return count, now


@given(KINDS, STEPS)
def test_a_lock_is_never_longer_than_the_longest(limit: Limit, steps: list[int]) -> None:
    count, _ = after(limit, steps)
    if count.locked_until is not None:
        assert timedelta(0) < count.locked_until - count.last_at <= limit.longest


@given(KINDS, STEPS)
def test_locked_exactly_when_more_failed_than_is_free(limit: Limit, steps: list[int]) -> None:
    count, _ = after(limit, steps)
    assert (count.locked_until is not None) == (count.failures > limit.free)


@given(KINDS, st.integers(1, 10_000))
def test_each_further_failure_locks_at_least_as_long(limit: Limit, failures: int) -> None:
    before, now = limit.lock(failures) or timedelta(0), limit.lock(failures + 1) or timedelta(0)
    assert before <= now <= limit.longest


@given(KINDS, st.integers(2, 8))
def test_guessing_without_pause_gets_a_bounded_number_of_tries(limit: Limit, hours: int) -> None:
    # However often somebody asks: within h hours no more is tried than the locks leave room for.
    now, count, tried = NOW, Count(0, NOW, None), 0
    while now < NOW + timedelta(hours=hours):
        if count.is_locked(now):
            assert count.locked_until is not None
            now = count.locked_until
            continue
        count, tried = count.failed(limit, now), tried + 1
    room = timedelta(hours=hours) / limit.longest
    doublings = limit.longest // limit.first
    assert tried <= limit.free + doublings.bit_length() + 1 + room


@given(KINDS, STEPS)
def test_after_a_quiet_time_everything_is_free_again(limit: Limit, steps: list[int]) -> None:
    count, now = after(limit, steps)
    later = max(now, count.last_at) + limit.forget
    assert not count.is_locked(max(later, count.locked_until or later))
    assert count.failed(limit, later).failures == 1


def test_the_fifth_failure_of_a_name_locks_for_a_minute() -> None:
    assert [LIMITS.pair.lock(failures) for failures in (4, 5, 6, 7, 99)] == [
        None,
        timedelta(minutes=1),
        timedelta(minutes=2),
        timedelta(minutes=4),
        timedelta(minutes=15),
    ]


def test_tries_are_counted_in_the_database(sessions: Sessions) -> None:
    key = throttle.pair_key("li", "192.0.2.1")
    for _ in range(LIMITS.pair.free + 1):
        with sessions.begin() as session:
            assert throttle.try_once(session, key, LIMITS.pair, NOW) is None
    with sessions.begin() as session:
        assert throttle.try_once(session, key, LIMITS.pair, NOW) == NOW + timedelta(minutes=1)
        assert (
            throttle.try_once(session, throttle.pair_key("wang", "192.0.2.1"), LIMITS.pair, NOW)
            is None
        )
    with sessions.begin() as session:
        throttle.forget(session, key)
        assert throttle.try_once(session, key, LIMITS.pair, NOW) is None


def test_what_was_typed_as_a_name_is_not_kept(sessions: Sessions) -> None:
    with sessions.begin() as session:
        throttle.try_once(session, throttle.name_key("my-password-by-mistake"), LIMITS.pair, NOW)
        kept = session.scalars(select(SignInThrottle.subject)).one()
    assert "password" not in kept
    assert len(kept) == 40


def test_a_try_that_worked_is_taken_back_alone(sessions: Sessions) -> None:
    key = throttle.address_key("192.0.2.1")
    with sessions.begin() as session:
        for _ in range(3):
            throttle.try_once(session, key, LIMITS.address, NOW)
        throttle.take_back(session, key)
        assert session.get_one(SignInThrottle, key).failures == 2


def test_old_counts_are_deleted(sessions: Sessions) -> None:
    with sessions.begin() as session:
        throttle.try_once(session, "old", LIMITS.pair, NOW - timedelta(days=2))
        throttle.try_once(session, "new", LIMITS.pair, NOW)
        throttle.forget_old(session, NOW)
        assert list(session.scalars(select(SignInThrottle.subject))) == ["new"]


@pytest.mark.parametrize("threads", [8])
def test_many_tries_at_once_do_not_slip_through(sessions: Sessions, threads: int) -> None:
    key = throttle.pair_key("li", "192.0.2.1")

    def one_try(_number: int) -> bool:
        with sessions.begin() as session:
            return throttle.try_once(session, key, LIMITS.pair, NOW) is None

    with ThreadPoolExecutor(threads) as pool:
        went_ahead = sum(pool.map(one_try, range(threads * 3)))
    assert went_ahead == LIMITS.pair.free + 1


@given(KINDS, STEPS)
def test_a_clock_set_back_locks_for_no_longer(limit: Limit, steps: list[int]) -> None:
    count, _ = after(limit, steps)
    assert not count.is_locked(count.last_at - timedelta(seconds=1))


def test_every_count_of_a_name_is_forgotten_together(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for name in ("li", "wang"):
            for address in ("192.0.2.1", "192.0.2.2"):
                for key, limit in LIMITS.of(name, address):
                    throttle.try_once(session, key, limit, NOW)
        throttle.forget_name(session, "li")
        kept = set(session.scalars(select(SignInThrottle.subject)))
    wangs = {key for address in ("192.0.2.1", "192.0.2.2") for key, _ in LIMITS.of("wang", address)}
    assert kept == wangs | {throttle.address_key(f"192.0.2.{each}") for each in (1, 2)}
