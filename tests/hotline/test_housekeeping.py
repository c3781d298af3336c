"""Once at the start, then once a day, whatever happens."""

import threading

from hotline.housekeeping import Housekeeping

PATIENCE = 10.0


def test_a_job_that_fails_is_done_again_the_next_day() -> None:
    done = threading.Semaphore(0)

    def job() -> None:
        done.release()
        raise OSError("the disk is full")

    keeping = Housekeeping(job, every=0.01)
    keeping.start()
    assert all(done.acquire(timeout=PATIENCE) for _ in range(3))
    keeping.stop()
    assert not keeping._thread.is_alive()
