"""Processes that are started again when they die: one that breaks must not end the others."""

import multiprocessing
import signal
import sys
import time
from functools import partial
from typing import Any

from honcho.manager import Manager
from honcho.printer import Printer
from honcho.process import Popen, Process

FIRST, LONGEST = 0.5, 30.0
"""Seconds until a process is started again: soon, and then ever later while it keeps dying."""
_STEADY = 60.0
"""Seconds that a process has to live until its next death counts as the first again."""


class KeepingManager(Manager):  # type: ignore[misc]  # honcho has no types
    """Ends everything when a process can't be started at all; later it starts it again."""

    def __init__(self) -> None:
        super().__init__(Printer(sys.stderr))
        self.complete = multiprocessing.Event()
        """To be set when all processes have begun their work; until then a death is an error of
        the installation, which no second try mends."""
        self._ending = multiprocessing.Event()
        self._process_ctor = partial(_Kept, self.complete, self._ending)

    def terminate(self) -> None:
        """Ends all processes for good."""
        self._ending.set()
        super().terminate()


class _Kept(Process):  # type: ignore[misc]
    """Runs in a process of its own, as honcho's do."""

    def __init__(self, complete: Any, ending: Any, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._complete, self._ending = complete, ending
        self._child_ctor = partial(Popen, preexec_fn=_hear_signals)

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        wait = FIRST
        while True:
            began = time.monotonic()
            super().run(events, ignore_signals)
            code = self._child.returncode
            if time.monotonic() - began > _STEADY:
                wait = FIRST
            above = multiprocessing.parent_process()
            if not self._complete.is_set() or above is None or not above.is_alive():
                break
            if self._ending.is_set():
                break
            self._send_message(f"ended ({code}), starts again in {wait:g} s\n".encode())
            if self._ending.wait(wait):
                break
            wait = min(2 * wait, LONGEST)
        super()._send_message({"returncode": code}, type="stop")

    def _send_message(self, data: Any, type: str = "line") -> None:
        if type != "stop":  # which is what would end all the others
            super()._send_message(data, type)


def _hear_signals() -> None:
    """What is started later would inherit that this process ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
