"""The thread that writes records: never waited for, in order, and nothing lost at a clean stop."""

from collections.abc import Iterator
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from care.calls import service
from care.calls.model import CallEvent
from care.calls.notebook import Notebook
from care.storage.engine import Sessions, open_engine, open_sessions
from tests.care.calls.records import at, details, ring

LONG = 3600.0


@pytest.fixture
def patient(embedded: Sessions) -> Iterator[Notebook]:
    """Writes only when somebody waits for it."""
    notebook = Notebook(embedded, every=LONG, retry=0.001)
    yield notebook
    notebook.close()


def _note(notebook: Notebook, call_id: int, number: int) -> None:
    notebook.add(lambda s: service.note(s, call_id, f"k{number}", {}, at(number)))


def _wrong() -> None:
    raise KeyError("none")


def test_everything_is_there_in_order_after_a_clean_stop(sessions: Sessions) -> None:
    call = ring(sessions)
    notebook = Notebook(sessions, every=LONG)
    for number in range(1_200):
        _note(notebook, call.id, number)
    assert notebook.close() == 0
    kinds = [kind for kind, _ in details(sessions, call.ref)]
    assert kinds == ["rang", *(f"k{number}" for number in range(1_200))]


def test_nothing_waits_for_the_database(embedded: Sessions, patient: Notebook) -> None:
    call = ring(embedded)
    with embedded.begin() as session:  # holds the write lock
        session.execute(text("SELECT 1"))
        _note(patient, call.id, 1)
        assert not patient.flush(0.01)
    assert patient.flush()
    assert len(details(embedded, call.ref)) == 2


def test_it_is_written_without_being_asked(embedded: Sessions) -> None:
    call, written = ring(embedded), Event()
    notebook = Notebook(embedded, every=0.0)
    _note(notebook, call.id, 1)
    notebook.add(lambda _: written.set())
    assert written.wait(20)
    notebook.close()


def test_a_database_that_comes_back_gets_everything(embedded: Sessions, patient: Notebook) -> None:
    call, attempts = ring(embedded), iter(range(3))

    def away(_: Session) -> None:
        if next(attempts, None) is not None:
            raise OperationalError("insert", {}, Exception("database is locked"))

    _note(patient, call.id, 1)
    patient.add(away)
    _note(patient, call.id, 2)
    assert patient.flush()
    assert [kind for kind, _ in details(embedded, call.ref)] == ["rang", "k1", "k2"]
    assert patient.lost == 0


def test_one_wrong_change_takes_no_other_with_it(sessions: Sessions) -> None:
    call = ring(sessions)
    notebook = Notebook(sessions, every=LONG)
    _note(notebook, call.id, 1)
    notebook.add(lambda s: s.add(CallEvent(call_id=99_999, at=at(1), kind="x", detail={})))
    notebook.add(lambda _: _wrong())
    _note(notebook, call.id, 2)
    assert notebook.close() == 2
    assert [kind for kind, _ in details(sessions, call.ref)] == ["rang", "k1", "k2"]


def test_a_lost_database_does_not_fill_the_memory_or_hold_the_stop() -> None:
    gone = open_sessions(open_engine("sqlite:////proc/none.db"))
    notebook = Notebook(gone, every=0.0, retry=LONG, limit=10)
    for number in range(25):
        _note(notebook, 1, number)
    assert notebook.close(0.05) == 25


def test_what_comes_after_the_stop_is_counted(embedded: Sessions) -> None:
    notebook = Notebook(embedded)
    assert notebook.close() == 0
    _note(notebook, 1, 1)
    assert notebook.lost == 1
