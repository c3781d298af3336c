"""Jobs of their own periods on one thread, by a clock that the test tells."""

import threading
from functools import partial

from hotline.rounds import Job, Rounds


class Monotonic:
    """Seconds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_each_job_at_the_start_and_then_in_its_own_time() -> None:
    clock, done = Monotonic(), list[str]()
    rounds = Rounds(clock)
    for name, every in (("often", 10.0), ("seldom", 25.0)):
        rounds.add(Job(name, every, partial(done.append, name)))
    assert rounds.tick() == 10.0
    assert done == ["often", "seldom"]
    for _ in range(5):
        clock.now += 5.0
        rounds.tick()
    assert done == ["often", "seldom", "often", "often", "seldom"]
    assert rounds.tick() == 5.0


def test_a_job_that_fails_holds_up_none_and_is_tried_again() -> None:
    clock, done = Monotonic(), list[str]()

    def fail() -> None:
        done.append("tried")
        raise RuntimeError("13800000001")

    rounds = Rounds(clock)
    rounds.add(Job("bad", 1.0, fail))
    rounds.add(Job("good", 1.0, lambda: done.append("good")))
    rounds.tick()
    clock.now += 1.0
    rounds.tick()
    assert done == ["tried", "good", "tried", "good"]


def test_what_took_longer_than_its_period_is_not_made_up_for() -> None:
    clock, done = Monotonic(), list[float]()
    rounds = Rounds(clock)

    def slow() -> None:
        done.append(clock.now)
        clock.now += 35.0

    rounds.add(Job("slow", 10.0, slow))
    assert rounds.tick() == 0.0
    rounds.tick()
    assert done == [100.0, 135.0]


def test_stopping_waits_for_the_job_that_is_being_done() -> None:
    began, go_on, done = threading.Event(), threading.Event(), list[str]()

    def job() -> None:
        began.set()
        assert go_on.wait(10)
        done.append("whole")

    rounds = Rounds()
    rounds.add(Job("long", 1000.0, job))
    rounds.add(Job("after it", 1000.0, lambda: done.append("never")))
    rounds.start()
    assert began.wait(10)
    threading.Timer(0.05, go_on.set).start()
    rounds.stop()
    assert done == ["whole"]
