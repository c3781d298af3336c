"""A home unit's house, and a receiver that hears it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from care.storage.engine import Sessions
from evaluation.system import free_port
from tests.care.devices.setting import House
from tests.voice.line.scaip.unit import CID, running
from voice.line.scaip.receiver import Receiver


@pytest.fixture
def house(embedded: Sessions, tmp_path: Path) -> House:
    """With one home unit."""
    found = House(embedded, tmp_path)
    found.add("H-1", "controller", controller=CID, interval=timedelta(minutes=10))
    return found


@pytest.fixture
def port() -> int:
    """Where the receiver listens."""
    return free_port()


@pytest.fixture
def open_(house: House, port: int) -> Iterator[Receiver]:
    """Without passwords."""
    with running(house, port) as found:
        yield found
