"""What was done to the course of alarms from outside is refused, and shows."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from care.alarms import chain
from care.alarms import service as alarms
from care.alarms.chain import Mark, verify
from care.alarms.model import Alarm, AlarmEvent
from care.storage.engine import Sessions
from tests.conftest import NOW


def _three(sessions: Sessions) -> list[str]:
    refs = [
        alarms.raise_(sessions, alarms.Report("fall", 2, f"第{n}次"), NOW).ref for n in range(3)
    ]
    with sessions.begin() as session:
        alarms.acknowledge(session, refs[1], by="张敏", now=NOW, how="desk")
        alarms.close(session, refs[0], by="张敏", reason="已送医", now=NOW)
    return refs


def _without_triggers(session: Session) -> None:
    """As somebody with all rights over the database does."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        session.execute(text("DROP TRIGGER alarm_events_no_update"))
        session.execute(text("DROP TRIGGER alarm_events_no_delete"))


def test_an_untouched_chain_is_whole(sessions: Sessions) -> None:
    assert verify(sessions) == chain.Verified(0, None, None)
    _three(sessions)
    found = verify(sessions)
    assert found.whole
    assert found.events == 5


@pytest.mark.parametrize(
    "statement",
    ["UPDATE alarm_events SET note = '什么事也没有'", "DELETE FROM alarm_events WHERE id = 2"],
)
def test_the_database_refuses_to_change_what_happened(sessions: Sessions, statement: str) -> None:
    _three(sessions)
    with pytest.raises(DBAPIError, match="append-only"), sessions.begin() as session:
        session.execute(text(statement))
    assert verify(sessions).whole


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE alarm_events SET note = '没事' WHERE id = 2", 2),
        ("UPDATE alarm_events SET \"by\" = '别人' WHERE id = 4", 4),
        ("UPDATE alarm_events SET alarm_id = 3 WHERE id = 1", 1),
        ("UPDATE alarm_events SET at = '2026-11-20 02:00:00.000000' WHERE id = 3", 3),
        ("DELETE FROM alarm_events WHERE id = 2", 3),
        ("UPDATE alarm_events SET kind = 'said', hash = hash WHERE id = 1", 1),
    ],
)
def test_the_first_broken_link_is_found(sessions: Sessions, statement: str, broken: int) -> None:
    _three(sessions)
    with sessions.begin() as session:
        _without_triggers(session)
        session.execute(text(statement))
    found = verify(sessions)
    assert found.broken is not None
    assert found.broken.event_id == broken
    assert found.events == (broken - 1 if "DELETE" not in statement else 1)


def test_an_alarm_that_is_closed_behind_the_events_shows(sessions: Sessions) -> None:
    refs = _three(sessions)
    with sessions.begin() as session:
        session.execute(update(Alarm).where(Alarm.ref == refs[2]).values(state="closed"))
    found = verify(sessions)
    assert found.broken is not None
    assert found.broken.alarm_ref == refs[2]
    assert found.broken.problem == "the alarm is closed, its events say raised"


def test_events_cut_off_at_the_end_show_to_whoever_kept_a_mark(sessions: Sessions) -> None:
    _three(sessions)
    mark = verify(sessions).end
    assert mark is not None
    assert Mark.parse(f" {mark}\n") == mark
    with sessions.begin() as session:
        _without_triggers(session)
        session.execute(text("DELETE FROM alarm_events WHERE id = 5"))
        session.execute(text("UPDATE alarms SET state = 'raised' WHERE state = 'closed'"))
    assert verify(sessions).whole
    found = verify(sessions, mark)
    assert found.broken is not None
    assert found.broken.event_id == 5


def test_from_a_mark_on_only_what_came_after_is_read(sessions: Sessions) -> None:
    _three(sessions)
    mark = verify(sessions).end
    alarms.raise_(sessions, alarms.Report("fire", 1, "着火了"), NOW)
    found = verify(sessions, mark)
    assert found.whole
    assert found.events == 1


@pytest.mark.parametrize("written", ["", "5", "x:" + "0" * 64, "5:abc", "²:" + "0" * 64])
def test_what_is_no_mark_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="a mark is a number"):
        Mark.parse(written)


def test_a_chain_longer_than_a_page_is_read_to_its_end(
    embedded: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "_PAGE", 2)
    _three(embedded)
    assert verify(embedded).events == 5


EVENT = {"at": NOW, "kind": "raised", "by": "assistant", "note": "摔了", "how": "phone"}
LINK = "0f7f9afe7e72948eeee7f3b71de2a0343bd71885f3cfec7d5da02fcf437556f7"


def test_a_link_is_what_it_has_always_been() -> None:
    """Whoever changes it breaks the chain of every installation."""
    assert chain.link("0" * 64, "A1121-000001", AlarmEvent(**EVENT)) == LINK


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", NOW + timedelta(microseconds=1)),
        ("kind", "closed"),
        ("by", "caller"),
        ("note", "摔了 "),
        ("how", ""),
    ],
)
def test_every_part_of_an_event_is_in_its_link(field: str, value: object) -> None:
    assert chain.link("0" * 64, "A1121-000001", AlarmEvent(**{**EVENT, field: value})) != LINK
