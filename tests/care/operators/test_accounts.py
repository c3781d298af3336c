"""Adding and changing accounts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy.orm import Session

from care.operators import accounts
from care.operators.accounts import NewOperator
from care.operators.model import Operator
from care.operators.refused import RefusedError
from care.operators.role import Role
from care.storage.engine import Sessions
from tests.care.operators.people import People


@pytest.fixture
def people(sessions: Sessions) -> People:
    return People(sessions)


def refusal(change: Callable[[], object]) -> str:
    """Why `change` was refused, or an empty text."""
    try:
        change()
    except RefusedError as error:
        return error.kind
    return ""


def test_a_name_is_there_once_however_it_is_written(people: People) -> None:
    people.add("li.na")
    for name in ("li.na", "LI.NA", "ｌｉ．ｎａ"):
        assert refusal(partial(people.add, name)) == "name_taken"
    assert people.happened(people.row("li.na").id) == [("created", "test")]


@pytest.mark.parametrize(
    "name", ["", "a", "a b", "a" * 33, "a/b", "<b>", "李\n娜", ".x", "-x", "a\u200bb"]
)
def test_names_that_nobody_could_type_again_are_refused(people: People, name: str) -> None:
    assert refusal(lambda: people.add(name, display_name="李娜")) == "name_bad"


@pytest.mark.parametrize("name", ["李娜", "zuoxi-01", "li_na", "007"])
def test_chinese_names_and_numbers_are_fine(people: People, name: str) -> None:
    assert people.sign_in(name) if people.add(name) else False


@pytest.mark.parametrize("display_name", [" ", "a" * 33, "李\x00娜", "李\u202e娜"])
def test_names_that_nobody_could_read_are_refused(people: People, display_name: str) -> None:
    assert refusal(lambda: people.add("li", display_name=display_name)) == "display_name_bad"


@pytest.mark.parametrize("change", ["deactivate", "change_role"])
def test_the_last_admin_stays(people: People, change: str) -> None:
    number, other = people.add("wang", Role.ADMIN), people.add("zhao", Role.ADMIN)

    def leave(who: int) -> None:
        with people.sessions.begin() as session:
            go(session, session.get_one(Operator, who))

    def go(session: Session, row: Operator) -> None:
        if change == "deactivate":
            accounts.deactivate(session, row, by="test", now=people.clock())
        else:
            accounts.change_role(session, row, Role.EDITOR, by="test", now=people.clock())

    assert refusal(lambda: leave(number)) == ""
    assert refusal(lambda: leave(other)) == "last_admin"
    assert people.row("zhao").active
    assert people.row("zhao").role == "admin"


def test_two_admins_who_deactivate_each_other_at_once_leave_one(people: People) -> None:
    numbers = [people.add("wang", Role.ADMIN), people.add("zhao", Role.ADMIN)]

    def leave(number: int) -> str:
        def go() -> None:
            with people.sessions.begin() as session:
                row = session.get_one(Operator, number)
                accounts.deactivate(session, row, by="test", now=people.clock())

        return refusal(go)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, numbers)) == ["", "last_admin"]


def test_changes_that_change_nothing_are_not_written_down(people: People) -> None:
    number = people.add("li", Role.OPERATOR, "李娜")
    with people.sessions.begin() as session:
        row, now = session.get_one(Operator, number), people.clock()
        accounts.rename(session, row, "李娜", by="wang", now=now)
        accounts.change_role(session, row, Role.OPERATOR, by="wang", now=now)
        accounts.activate(session, row, by="wang", now=now)
    assert people.happened(number) == [("created", "test")]


def test_every_change_is_written_down_with_who_made_it(people: People) -> None:
    people.add("wang", Role.ADMIN)
    number = people.add("li")
    with people.sessions.begin() as session:
        row, now = session.get_one(Operator, number), people.clock()
        accounts.rename(session, row, "李娜娜", by="wang", now=now)
        accounts.change_role(session, row, Role.SUPERVISOR, by="wang", now=now)
        accounts.reset(session, row, accounts.one_time(people.passwords), by="wang", now=now)
        accounts.deactivate(session, row, by="wang", now=now)
        accounts.activate(session, row, by="wang", now=now)
    assert people.happened(number)[1:] == [
        (kind, "wang") for kind in ("renamed", "role_changed", "reset", "deactivated", "activated")
    ]


def test_one_time_passwords_differ_and_are_shown_nowhere_else(people: People) -> None:
    made = [accounts.one_time(people.passwords) for _ in range(20)]
    assert len({each.password for each in made}) == 20
    assert all(each.password not in repr(each) for each in made)
    with people.sessions.begin() as session:
        new = NewOperator("li", "李娜", Role.OPERATOR)
        accounts.add(session, new, made[0], by="wang", now=people.clock())
    with people.sessions() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM operators").all()
        happened = session.connection().exec_driver_sql("SELECT * FROM operator_events").all()
    assert made[0].password not in str(rows) + str(happened)
