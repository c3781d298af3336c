"""From a masked number to the whole one."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from care.alarms.model import Alarm
from care.elders.model import Elder
from care.operators import reveal
from care.operators.model import NumberReveal
from care.operators.refused import RefusedError
from care.operators.reveal import Record
from care.operators.role import Role
from care.storage.engine import Sessions
from tests.care.operators.people import People
from tests.conftest import NOW

PHONE = "13800000001"


@pytest.fixture
def people(sessions: Sessions) -> People:
    with sessions.begin() as session:
        session.add(Elder(name="张桂兰", phone=PHONE))
    found = People(sessions)
    found.add("li", Role.OPERATOR, "李娜")
    found.add("sun", Role.AUDITOR, "孙强")
    return found


def test_the_number_comes_with_a_line_in_the_log(people: People) -> None:
    _, who = people.sign_in("li")
    with people.sessions.begin() as session:
        found = reveal.reveal(session, who, Record.ELDER, 1, why=" 回电话 ", now=NOW)
    assert found == PHONE
    with people.sessions() as session:
        (line,) = reveal.latest(session, count=10)
    assert (line.operator.name, line.entry.kind, line.entry.record_id) == ("li", "elder", 1)
    assert (line.entry.why, line.entry.at) == ("回电话", NOW)


def test_an_alarm_without_a_number_shows_none_and_logs_none(people: People) -> None:
    _, who = people.sign_in("li")
    with people.sessions.begin() as session:
        session.add(
            Alarm(ref="A1", category="fall", severity=1, said="", raised_at=NOW, state="raised")
        )
    with pytest.raises(RefusedError, match="没有号码"), people.sessions.begin() as session:
        reveal.reveal(session, who, Record.ALARM, 1, why="回电话", now=NOW)
    with people.sessions() as session:
        assert reveal.latest(session, count=10) == []


@pytest.mark.parametrize(
    ("name", "number", "why", "kind"),
    [
        ("sun", 1, "检查", "not_allowed"),
        ("li", 1, "  ", "reason_missing"),
        ("li", 1, "x" * 101, "reason_missing"),
        ("li", 2, "回电话", "no_number"),
    ],
)
def test_what_is_refused_shows_nothing_and_logs_nothing(
    people: People, name: str, number: int, why: str, kind: str
) -> None:
    _, who = people.sign_in(name)
    with people.sessions.begin() as session, pytest.raises(RefusedError) as refused:
        reveal.reveal(session, who, Record.ELDER, number, why=why, now=NOW)
    assert refused.value.kind == kind
    with people.sessions() as session:
        assert session.scalars(select(NumberReveal)).all() == []


def test_the_log_is_read_in_pages_newest_first(people: People) -> None:
    _, who = people.sign_in("li")
    for number in range(5):
        with people.sessions.begin() as session:
            reveal.reveal(session, who, Record.ELDER, 1, why=f"第{number}次", now=NOW)
    with people.sessions() as session:
        first = reveal.latest(session, count=3)
        rest = reveal.latest(session, count=3, before=first[-1].entry.id)
    assert [line.entry.why for line in first + rest] == [f"第{n}次" for n in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("table", ["number_reveals", "operator_events"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET at = at"])
def test_the_database_lets_nobody_change_what_was_kept(
    people: People, table: str, change: str
) -> None:
    _, who = people.sign_in("li")
    with people.sessions.begin() as session:
        reveal.reveal(session, who, Record.ELDER, 1, why="回电话", now=NOW)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        people.sessions.begin() as session,
    ):
        session.execute(text(change.format(table)))
