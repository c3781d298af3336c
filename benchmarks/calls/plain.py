"""The plain stack, started for one benchmark and stopped after it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.calls.plain_line import READY
from evaluation.server import ServerError
from evaluation.system import ROOT, free_port

_FAREWELL = 10.0
"""Seconds to end after having been asked to."""


@contextmanager
def plain_stack(rasa: str) -> Iterator[int]:
    """Gives the port where its telephone rings; it ends with the body. Raises ServerError."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.calls.plain_line", str(port), rasa]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None and child.stdout is not None  # noqa: S101 - above
        try:
            if not any(line.strip() == READY for line in child.stdout):
                raise ServerError("the plain stack ended before its telephone was ready")
            yield port
        finally:
            child.stdin.close()
            try:
                child.wait(_FAREWELL)
            except subprocess.TimeoutExpired:
                child.kill()
