"""Alarms through a locked database and a full disk, as `make drill` runs them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from care.alarms import service as alarms
from care.alarms.chain import verify
from care.alarms.service import Report
from care.storage.engine import Sessions
from drills.troubles import lock, locked
from tests.care.alarms.watch import Clocks, Listener, keeper, watch
from tests.conftest import NOW

ROOT = Path(__file__).resolve().parent.parent.parent
FALL = Report("fall", 2, "摔了")


def test_alarms_wait_for_a_locked_database_and_are_all_there(sessions: Sessions) -> None:
    trouble = locked(sessions, seconds=0.3)
    assert trouble.problems == []
    assert trouble.accepted == 8
    assert trouble.longest >= 0.3


def _hurry(sessions: Sessions) -> None:
    """Connections of this engine give up on a lock after a tenth of a second."""
    engine = sessions.kw["bind"]
    engine.dispose()

    def impatient(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        sqlite = engine.dialect.name == "sqlite"
        cursor.execute("PRAGMA busy_timeout=100" if sqlite else "SET lock_timeout = 100")
        cursor.close()
        if not sqlite:
            connection.commit()

    event.listen(engine, "connect", impatient)


def test_a_lock_that_lasts_refuses_alarms_and_the_ladder_counts_the_time(
    sessions: Sessions,
) -> None:
    _hurry(sessions)
    ref = alarms.raise_(sessions, FALL, NOW).ref
    clocks, listener = Clocks(), Listener()
    running = keeper(sessions, clocks, listener)
    watch(running, clocks, 20, step=10)
    with lock(sessions):
        with pytest.raises(OperationalError):
            alarms.raise_(sessions, FALL, NOW)
        watch(running, clocks, 15, step=5)
    assert listener.told() == []
    watch(running, clocks, 1)
    assert listener.told() == ["desks/duty"]
    with sessions() as session:
        assert [alarm.ref for alarm in alarms.open_alarms(session)] == [ref]
    assert verify(sessions).whole


def _drill(*arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "drills", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _number(printed: str, name: str) -> int:
    found = re.search(rf"{name} +│ (\d+)", printed)
    assert found, printed
    return int(found[1])


def test_what_was_accepted_before_and_after_the_disk_was_full_is_there(tmp_path: Path) -> None:
    printed = _drill("full", "--on", str(tmp_path))
    assert _number(printed, "problems") == 0
    assert _number(printed, "accepted") > 5
    assert _number(printed, "refused") == 4
    assert "disk" in printed


def test_a_database_that_cannot_be_used_is_said_in_a_sentence() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "drills", "kill", "--kills", "1", "--database", "mysql://x/y"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 1
    assert "'mysql' is not" in ran.stdout
    assert "Traceback" not in ran.stderr
