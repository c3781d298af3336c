"""Jobs of their own periods in two lanes, by a clock that the test tells."""

import threading
from functools import partial

import pytest

from care.stopping import Stopped
from hotline.job import Job, LongJob
from hotline.lane import Lane
from hotline.rounds import Rounds

PATIENCE = 10


class Monotonic:
    """Seconds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Monotonic:
    return Monotonic()


@pytest.fixture
def lane(clock: Monotonic) -> Lane:
    return Lane("lane", threading.Event(), clock)


def test_each_job_at_the_start_and_then_in_its_own_time(clock: Monotonic, lane: Lane) -> None:
    done = list[str]()
    for name, every in (("often", 10.0), ("seldom", 25.0)):
        lane.add(Job(name, every, partial(done.append, name)))
    assert lane.tick() == 10.0
    assert done == ["often", "seldom"]
    for _ in range(5):
        clock.now += 5.0
        lane.tick()
    assert done == ["often", "seldom", "often", "often", "seldom"]
    assert lane.tick() == 5.0


def test_a_job_that_fails_holds_up_none_and_is_tried_again(clock: Monotonic, lane: Lane) -> None:
    done = list[str]()

    def fail() -> None:
        done.append("tried")
        raise RuntimeError("13800000001")

    lane.add(Job("bad", 1.0, fail))
    lane.add(Job("good", 1.0, lambda: done.append("good")))
    lane.tick()
    clock.now += 1.0
    lane.tick()
    assert done == ["tried", "good", "tried", "good"]


def test_what_took_longer_than_its_period_is_not_made_up_for(clock: Monotonic, lane: Lane) -> None:
    done = list[float]()

    def slow() -> None:
        done.append(clock.now)
        clock.now += 35.0

    lane.add(Job("slow", 10.0, slow))
    assert lane.tick() == 0.0
    lane.tick()
    assert done == [100.0, 135.0]


def test_short_jobs_go_on_beside_a_long_one_and_one_that_fails_takes_nobody_along() -> None:
    looked, went_on = threading.Semaphore(0), threading.Event()

    def night(_stopped: Stopped) -> None:
        for _ in range(3):
            assert looked.acquire(timeout=PATIENCE), "a deadline waits for the round over all"
        went_on.set()
        raise RuntimeError("its trouble alone")

    rounds = Rounds(
        (
            LongJob("night", 1000.0, night),
            Job("deadlines", 0.001, looked.release),
        )
    )
    rounds.start()
    assert went_on.wait(PATIENCE)
    assert looked.acquire(timeout=PATIENCE)
    rounds.stop()


def test_stopping_waits_for_the_job_that_is_being_done() -> None:
    began, go_on, done = threading.Event(), threading.Event(), list[str]()

    def job() -> None:
        began.set()
        assert go_on.wait(PATIENCE)
        done.append("whole")

    rounds = Rounds(
        (
            Job("short", 1000.0, job),
            Job("after it", 1000.0, lambda: done.append("never")),
        )
    )
    rounds.start()
    assert began.wait(PATIENCE)
    threading.Timer(0.05, go_on.set).start()
    rounds.stop()
    assert done == ["whole"]


def test_stopping_ends_a_long_job_after_the_portion_that_it_is_at() -> None:
    began, done = threading.Event(), list[str]()

    def night(stopped: Stopped) -> None:
        while not stopped():
            began.set()
        done.append("a portion")

    rounds = Rounds(
        (
            LongJob("night", 1000.0, night),
            LongJob("after it", 1000.0, lambda _stopped: done.append("never")),
        )
    )
    rounds.start()
    assert began.wait(PATIENCE)
    rounds.stop()
    assert done == ["a portion"]


def test_a_job_that_never_ends_does_not_keep_the_process() -> None:
    began, go_on = threading.Event(), threading.Event()

    def stuck() -> None:
        began.set()
        go_on.wait(PATIENCE)

    rounds = Rounds((Job("stuck", 1000.0, stuck),))
    rounds.start()
    assert began.wait(PATIENCE)
    rounds.stop(patience=0.01)
    assert not go_on.is_set()
    go_on.set()
