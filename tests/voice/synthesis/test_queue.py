"""The limit on simultaneous syntheses."""

import threading

import numpy as np
import pytest
from prometheus_client import CollectorRegistry

from voice.audio.pcm import Samples
from voice.synthesis.metrics import Metrics, metrics_of
from voice.synthesis.port import SynthesisError
from voice.synthesis.queue import SynthesisQueue, Ticket
from voice.synthesis.stop import Stop

SOUND = np.ones(3, np.float32)
SOON = 60.0


class Work:
    """Jobs that run until they are let go, and what was seen of them."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.started = threading.Semaphore(0)
        self.order: list[int] = []
        self.now = self.most = 0
        self._lock = threading.Lock()

    def job(self, number: int) -> "Job":
        return Job(self, number)

    def begin(self, number: int) -> None:
        with self._lock:
            self.order.append(number)
            self.now += 1
            self.most = max(self.most, self.now)
        self.started.release()

    def end(self) -> None:
        with self._lock:
            self.now -= 1


class Job:
    def __init__(self, work: Work, number: int) -> None:
        self.work, self.number = work, number

    def __call__(self, stop: Stop) -> Samples:
        stop.then(self.work.go.release)
        self.work.begin(self.number)
        self.work.go.acquire()
        self.work.end()
        if stop.asked:
            raise SynthesisError("stopped")
        return SOUND


def opened(limit: int) -> tuple[SynthesisQueue, CollectorRegistry]:
    registry = CollectorRegistry()
    return SynthesisQueue(limit, Metrics(registry)), registry


def waiting(registry: CollectorRegistry) -> float | None:
    return registry.get_sample_value("voice_synthesis_waiting")


def test_no_more_than_the_limit_run_and_all_in_order() -> None:
    queue, registry = opened(2)
    work = Work()
    tickets = [queue.submit(work.job(number)) for number in range(8)]
    for _ in range(2):
        assert work.started.acquire(timeout=SOON)
    assert waiting(registry) == 6
    assert registry.get_sample_value("voice_synthesis_running") == 2
    for _ in tickets:
        work.go.release()
    assert all(ticket.result(SOON) is SOUND for ticket in tickets)
    queue.close()
    assert work.most == 2
    # Two at a time may begin in either order, but nobody overtakes by more than that.
    assert all(abs(place - number) <= 1 for place, number in enumerate(work.order))
    assert registry.get_sample_value("voice_synthesis_wait_seconds_count") == 8
    assert waiting(registry) == 0


def test_one_at_a_time_is_first_come_first_served() -> None:
    queue, _ = opened(1)
    work = Work()
    tickets = [queue.submit(work.job(number)) for number in range(6)]
    for ticket in tickets:
        work.go.release()
        ticket.result(SOON)
    queue.close()
    assert work.order == list(range(6))


def test_who_hangs_up_leaves_the_queue() -> None:
    queue, registry = opened(1)
    work = Work()
    running, given_up, last = (queue.submit(work.job(number)) for number in range(3))
    assert work.started.acquire(timeout=SOON)
    given_up.cancel()
    assert waiting(registry) == 1
    with pytest.raises(TimeoutError):
        given_up.result(SOON)
    work.go.release()
    work.go.release()
    assert running.result(SOON) is SOUND
    assert last.result(SOON) is SOUND
    queue.close()
    assert work.order == [0, 2]


def test_who_hangs_up_frees_the_place_at_once() -> None:
    queue, _ = opened(1)
    work = Work()
    running, next_one = queue.submit(work.job(0)), queue.submit(work.job(1))
    assert work.started.acquire(timeout=SOON)
    running.cancel()
    assert work.started.acquire(timeout=SOON)
    work.go.release()
    assert next_one.result(SOON) is SOUND
    queue.close()


def test_waiting_is_measured_on_the_given_clock() -> None:
    registry = CollectorRegistry()
    times = iter([10.0, 13.0])
    queue = SynthesisQueue(1, Metrics(registry), clock=lambda: next(times))
    assert queue.submit(lambda _: SOUND).result(SOON) is SOUND
    queue.close()
    assert registry.get_sample_value("voice_synthesis_wait_seconds_sum") == 3.0


def test_a_failing_job_fails_its_ticket_alone() -> None:
    queue, _ = opened(1)

    def fail(_: Stop) -> Samples:
        raise SynthesisError("broken on purpose")

    bad: Ticket = queue.submit(fail)
    good = queue.submit(lambda _: SOUND)
    with pytest.raises(SynthesisError, match="on purpose"):
        bad.result(SOON)
    assert good.result(SOON) is SOUND
    queue.close()


def test_a_closed_queue_takes_nothing_and_ends_its_threads() -> None:
    before = threading.active_count()
    queue, _ = opened(3)
    queue.submit(lambda _: SOUND).result(SOON)
    queue.close()
    assert threading.active_count() <= before
    with pytest.raises(RuntimeError, match="closed"):
        queue.submit(lambda _: SOUND)
    with pytest.raises(ValueError, match="at least 1"):
        opened(0)


def test_two_speakers_share_the_metrics_of_a_registry() -> None:
    registry = CollectorRegistry()
    assert metrics_of(registry) is metrics_of(registry)
