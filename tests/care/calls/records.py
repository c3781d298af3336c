"""Calls and sounds that the tests of records share."""

from datetime import datetime, timedelta

import numpy as np

from care.calls import service
from care.calls.kind import Direction
from care.calls.model import Call
from care.calls.notebook import Notebook
from care.calls.record import Record
from care.calls.service import NewCall
from care.calls.tape import Pcm16
from care.storage.engine import Sessions
from tests.conftest import NOW

PHONE = "13800000001"
RINGS = NewCall("leg-1", Direction.IN, "sip", PHONE, "12349", "host-1")


def at(seconds: float) -> datetime:
    """That long after the telephone rang."""
    return NOW + timedelta(seconds=seconds)


def ring(sessions: Sessions, new: NewCall = RINGS, now: datetime = NOW) -> Call:
    """A stored call."""
    with sessions.begin() as session:
        return service.begin(session, new, now)


def details(sessions: Sessions, ref: str) -> list[tuple[str, dict[str, object]]]:
    """Kind and detail of every event of a call."""
    with sessions() as session:
        call = service.find(session, ref)
        return [(event.kind, event.detail) for event in service.events(session, call.id)]


def open_record(notebook: Notebook, new: NewCall = RINGS) -> Record:
    """A call in progress."""
    return Record(notebook, new, NOW)


def tone(seconds: float, rate: int = 8_000, hertz: float = 440.0) -> Pcm16:
    """A sine."""
    time = np.arange(round(seconds * rate)) / rate
    return (8_000 * np.sin(2 * np.pi * hertz * time)).astype(np.int16)
