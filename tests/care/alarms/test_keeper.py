"""The ladder as a running process has it: a thread that begins, ends, and says how it is."""

import threading

from sqlalchemy import text

from care.alarms import service as alarms
from care.alarms.keeper import Keeper
from care.alarms.ladder import Ladder, Rung
from care.alarms.service import Report
from care.alarms.words import Words
from care.notices.port import Notice, Receipt
from care.storage.engine import Sessions
from tests.care.alarms.watch import Clocks, Listener, keeper, watch
from tests.conftest import NOW

FALL = Report("fall", 2, "摔了")


def test_it_is_ready_while_the_database_takes_its_ticks(embedded: Sessions) -> None:
    clocks = Clocks()
    running = keeper(embedded, clocks, Listener())
    assert not running.is_ticking()
    watch(running, clocks, 1)
    assert running.is_ticking()
    with embedded.begin() as session:
        session.execute(text("ALTER TABLE alarm_ladders RENAME TO away"))
    watch(running, clocks, 20, step=5)
    assert running.is_ticking()
    watch(running, clocks, 10, step=5)
    assert not running.is_ticking()
    with embedded.begin() as session:
        session.execute(text("ALTER TABLE away RENAME TO alarm_ladders"))
    watch(running, clocks, 1)
    assert running.is_ticking()


def test_its_thread_sends_and_ends(embedded: Sessions) -> None:
    told = threading.Event()

    class Telephone:
        def send(self, notice: Notice) -> Receipt:
            """As care.notices.port.Notifier."""
            told.set()
            return Receipt(reached=1, missed=0)

    quick = Ladder.load()
    rungs = tuple(rung.model_copy(update={"after": 0.01}) for rung in quick.rungs)
    ladder = quick.model_copy(update={"rungs": rungs})
    alarms.raise_(embedded, FALL, NOW)
    running = Keeper(embedded, ladder, Words.load(), Telephone(), every=0.01)
    running.start()
    assert told.wait(20)
    running.stop()
    assert not any(thread.name == "alarm-ladder" for thread in threading.enumerate())


def test_an_alarm_that_cannot_climb_does_not_hold_up_the_others(embedded: Sessions) -> None:
    class Crooked(Ladder):
        def instruction(self, rung: Rung, category: str) -> str | None:
            """Of one category, an error that no check has foreseen."""
            return {"fall": None}[category]

    ladder = Crooked.model_validate(Ladder.load().model_dump())
    for category in ("fire", "fall"):
        alarms.raise_(embedded, Report(category, 2, "摔了"), NOW)
    clocks, listener = Clocks(), Listener()
    running = keeper(embedded, clocks, listener, ladder)
    watch(running, clocks, 60, step=10)
    assert listener.told() == ["desks/duty", "supervisor/supervisor", "supervisor/contacts"]
    assert running.is_ticking()
