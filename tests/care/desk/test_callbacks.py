"""The list of people to telephone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from care.desk import callbacks
from care.desk.callbacks import AGAIN_AFTER, CallbackNotFoundError, Wish
from care.storage.engine import Sessions
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


def make(sessions: Sessions, about: str = "津贴", due: timedelta = timedelta()) -> int:
    with sessions.begin() as session:
        wish = Wish("13800000001", about, NOW + due, person="王秀兰")
        return callbacks.make(session, wish, by="zhang", now=NOW).id


def test_whom_to_call_first_stands_first(sessions: Sessions) -> None:
    later, sooner = make(sessions, "迟", 2 * MINUTE), make(sessions, "早", MINUTE)
    with sessions() as session:
        assert [each.id for each in callbacks.still_open(session)] == [sooner, later]


def test_of_five_operators_exactly_one_takes_it(sessions: Sessions) -> None:
    number, together = make(sessions), Barrier(5)

    def take(operator: str) -> bool:
        together.wait(30)
        try:
            with sessions.begin() as session:
                callbacks.take(session, number, operator=operator, now=NOW)
        except CallbackNotFoundError:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(take, [f"op{n}" for n in range(5)])) == 1


def test_who_was_not_reached_is_due_again_and_who_was_is_done(sessions: Sessions) -> None:
    number = make(sessions)
    with sessions.begin() as session:
        callbacks.take(session, number, operator="zhang", now=NOW)
        callbacks.missed(session, number, operator="zhang", now=NOW)
    with sessions() as session:
        [row] = callbacks.still_open(session)
        assert (row.state, row.operator, row.tries) == ("open", None, 1)
        assert row.due_at == NOW + AGAIN_AFTER
    with sessions.begin() as session:
        callbacks.take(session, number, operator="li", now=NOW)
        callbacks.end(session, number, operator="li", reached=True, note="讲清楚了", now=NOW)
    with sessions() as session:
        assert callbacks.still_open(session) == []
        told = [(event.kind, event.by, event.note) for event in callbacks.events(session, number)]
    assert told == [
        ("made", "zhang", ""),
        ("taken", "zhang", ""),
        ("missed", "zhang", ""),
        ("taken", "li", ""),
        ("done", "li", "讲清楚了"),
    ]


@pytest.mark.parametrize("step", ["missed", "give_back", "end"])
def test_only_who_took_it_goes_on_with_it(sessions: Sessions, step: str) -> None:
    number = make(sessions)
    with sessions.begin() as session:
        callbacks.take(session, number, operator="li", now=NOW)
    more = {"reached": False, "note": ""} if step == "end" else {}
    with pytest.raises(CallbackNotFoundError), sessions.begin() as session:
        getattr(callbacks, step)(session, number, operator="zhang", now=NOW, **more)
    with sessions.begin() as session:
        getattr(callbacks, step)(session, number, operator="li", now=NOW, **more)
