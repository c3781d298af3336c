"""Threads that do what waits: woken in time, ended by no failure, stopped after what is begun."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from care.threads import Threads

_PATIENCE = 30.0
"""Seconds, on a machine with much to do."""
_NEVER = 3600.0


@contextmanager
def running(one: Callable[[str], bool], count: int = 1) -> Iterator[Threads]:
    """Threads that look again only when they are woken."""
    found = Threads("test", count, one, idle=_NEVER)
    found.start()
    try:
        yield found
    finally:
        found.stop()


def test_each_thread_works_under_a_name_of_its_own() -> None:
    """Also in another process, which counts its threads alike."""
    met, owners = threading.Barrier(4), set[str]()

    def one(owner: str) -> bool:
        owners.add(owner)
        met.wait(_PATIENCE)
        return False

    with running(one, 2), running(one, 2):
        pass
    assert len(owners) == 4


def test_what_comes_during_a_look_is_not_slept_over() -> None:
    looks, again = list[str](), threading.Event()

    def one(owner: str) -> bool:
        looks.append(owner)
        if len(looks) == 1:
            threads.wake()  # this look has passed it already
        else:
            again.set()
        return False

    threads = Threads("test", 1, one, idle=_NEVER)
    threads.start()
    try:
        assert again.wait(_PATIENCE)
    finally:
        threads.stop()


def test_whoever_rests_is_woken() -> None:
    looks = threading.Semaphore(0)

    def one(_owner: str) -> bool:
        looks.release()
        return False

    with running(one) as threads:
        for _time in range(3):
            assert looks.acquire(timeout=_PATIENCE)
            threads.wake()


def test_what_one_piece_raises_ends_nothing() -> None:
    tries, done = list[str](), threading.Event()

    def one(owner: str) -> bool:
        tries.append(owner)
        if len(tries) == 1:
            raise OSError("the database is away")
        done.set()
        return False

    with running(one):
        assert done.wait(_PATIENCE)


def test_who_stops_it_waits_for_what_is_begun() -> None:
    begun, may_end, ended = threading.Event(), threading.Event(), list[str]()

    def one(owner: str) -> bool:
        begun.set()
        may_end.wait(_PATIENCE)
        ended.append(owner)
        return True

    with running(one) as threads:
        assert begun.wait(_PATIENCE)
        stopping = threading.Thread(target=threads.stop)
        stopping.start()
        may_end.set()
        stopping.join(_PATIENCE)
        assert len(ended) >= 1
    assert not stopping.is_alive()
