"""Ends servers when whoever started them is gone: `python -m evaluation.guard PID`.

A guard waits for the end of its standard input, which the kernel closes also for a process that
was killed.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

_ROOT = Path(__file__).resolve().parent.parent
_FAREWELL = 20.0
"""Seconds to end after having been asked to."""
_LOOK = 0.02
"""Seconds between two looks whether it has."""
_PR_SET_PDEATHSIG = 1
"""Of `prctl` (linux/prctl.h)."""


@contextmanager
def guarded(pid: int) -> Iterator[None]:
    """If this process ends in the block, however it does, the process `pid` and all that it started
    end soon after. Whoever leaves the block has ended it."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "evaluation.guard", str(pid)],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        start_new_session=True,  # what ends this process is not to end its guard
    ) as guard:
        try:
            yield
        finally:
            guard.kill()


def end(pid: int) -> None:
    """Asks a process to end, for 20 s; what is left of it and of all that it started is killed."""
    with suppress(psutil.NoSuchProcess):
        _end(psutil.Process(pid))


def is_alive(process: psutil.Process) -> bool:
    """Whether it still runs. What only waits for its parent to ask how it ended doesn't."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _end(process: psutil.Process) -> None:
    family = [process, *process.children(recursive=True)]  # nobody finds an orphan's parents
    process.terminate()
    deadline = time.monotonic() + _FAREWELL
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(_LOOK)
    for each in family:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def orderly() -> None:
    """From now on SIGTERM ends this program as Ctrl-C does, and so its servers and folders."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))


def die_with_parent(parent: int) -> None:
    """For a process that was just forked: it is killed when the `parent` ends, however it does."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was quicker
        os._exit(1)


def main(pid: int) -> None:
    """Until nobody is there any more who started the process."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)  # knows it from a later one of the same number
        sys.stdin.buffer.read()
        _end(process)


if __name__ == "__main__":
    main(int(sys.argv[1]))
