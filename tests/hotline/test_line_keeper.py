"""The line is opened again and again until it can be, and nothing waits for it."""

import threading
from typing import Any

import pytest

from hotline.line_keeper import LineKeeper
from hotline.lines import open_line
from voice.line.leg import LineError

SOON = 0.01
PATIENCE = 10.0


class Line:
    """A telephone whose port is taken `taken` times."""

    def __init__(self, taken: int, fault: Exception) -> None:
        self.left, self.fault = taken, fault
        self.tries = 0
        self.tried, self.open = threading.Event(), threading.Event()

    def start(self) -> None:
        self.tries += 1
        self.tried.set()
        if self.tries <= self.left:
            raise self.fault
        self.open.set()

    def stop(self) -> None:
        self.open.clear()


def keeper(line: Any) -> LineKeeper:
    made = LineKeeper(line, SOON)
    made.start()
    return made


def test_a_line_that_can_not_be_opened_is_tried_again() -> None:
    line = Line(3, LineError("port 5060 is taken"))
    kept = keeper(line)
    assert line.open.wait(PATIENCE)
    assert line.tries == 4
    kept.stop()
    assert not line.open.is_set()


def test_stopping_ends_the_tries() -> None:
    line = Line(10**9, LineError("port 5060 is taken"))
    kept = keeper(line)
    assert line.tried.wait(PATIENCE)
    kept.stop()
    tries = line.tries
    assert not kept._thread.is_alive()
    assert line.tries == tries


def test_damaged_data_is_not_tried_again() -> None:
    line = Line(10**9, ValueError("prompts.yml"))
    kept = keeper(line)
    kept._thread.join(PATIENCE)
    assert line.tries == 1
    kept.stop()


@pytest.mark.parametrize(
    ("kind", "section", "problem"),
    [
        ("sip", {"host": "somewhere"}, r"\[sip\].*host: .*an address of this machine"),
        ("asterisk", {}, r"\[asterisk\].*password: Field required"),
        ("audiosocket", {"sound": "x"}, r"\[audiosocket\].*sound: "),
    ],
)
def test_settings_of_a_line_are_checked(kind: str, section: dict[str, Any], problem: str) -> None:
    settings: Any = type("Settings", (), {"line": kind, "sip_port": 5060, "sip": {}, kind: section})
    with pytest.raises(LineError, match=problem):
        open_line(settings, lambda: None)
