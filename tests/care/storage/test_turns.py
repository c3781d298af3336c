"""Threads of one process that write to one SQLite file wait for one another, not for its lock."""

import gc
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from care.changes.model import Change
from care.storage.engine import Sessions, open_engine, open_sessions
from tests.conftest import NOW
from tests.databases import ELDER_KEY, new_sqlite

THREADS, EACH = 8, 20


@pytest.fixture
def impatient(tmp_path: Path) -> Sessions:
    """Whoever finds the file locked gives up at once."""
    engine = open_engine(new_sqlite(tmp_path / "hotline.db"), ELDER_KEY)

    def hurry(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.cursor().execute("PRAGMA busy_timeout=0")

    event.listen(engine, "connect", hurry)
    return open_sessions(engine)


def change(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.add(Change(at=NOW, topic="test", key="1"))
        session.flush()
        threading.Event().wait(0.001)  # others look for the lock meanwhile


def test_no_thread_finds_the_file_locked_by_another(impatient: Sessions) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(change, impatient) for _ in range(THREADS * EACH)]:
            done.result()
    with impatient() as session:
        assert session.scalar(select(func.count(Change.id))) == THREADS * EACH


def _fails(engine: Engine) -> None:
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.execute(text("SELECT nothing"))


def _is_dropped(engine: Engine) -> None:
    session = open_sessions(engine)()
    session.execute(text("SELECT 1"))
    del session
    gc.collect()


def _breaks(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        connection.invalidate()


def _is_kept_open(engine: Engine) -> None:
    connection = engine.connect()
    connection.execute(text("SELECT 1"))
    connection.commit()
    engine.keeps = connection  # type: ignore[attr-defined]


def _finds_it_locked(engine: Engine) -> None:
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with other.begin(), pytest.raises(OperationalError, match="locked"), engine.begin():
        pass


@pytest.mark.parametrize("how", [_fails, _is_dropped, _breaks, _is_kept_open, _finds_it_locked])
def test_whatever_becomes_of_a_transaction_the_next_has_its_turn(
    impatient: Sessions, how: Callable[[Engine], None]
) -> None:
    how(impatient.kw["bind"])
    done = threading.Thread(target=change, args=(impatient,), daemon=True)
    done.start()
    done.join(5)  # a turn that isn't given back is waited for three times as long
    assert not done.is_alive()
    with impatient() as session:
        assert session.scalar(select(func.count(Change.id))) == 1
