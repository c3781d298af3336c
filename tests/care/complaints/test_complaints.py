"""A complaint's life: deadline, owner, course, outcome."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from care.complaints import service as complaints
from care.complaints.model import Complaint
from care.complaints.service import ComplaintStateError, Report
from care.orders import life
from care.satisfaction import service as satisfaction
from care.satisfaction.words import Heard
from care.storage.engine import Sessions
from tests.care.orders.town import MONDAY, act, at, place, provider
from tests.conftest import NOW

LATE = Report("late", "等了一上午没人来", person="王桂兰", phone="13800000001")


@pytest.fixture
def number(sessions: Sessions) -> int:
    """One that somebody just made."""
    with sessions.begin() as session:
        return complaints.make(session, LATE, by="张敏", now=NOW).id


def row(sessions: Sessions, number: int) -> Complaint:
    """As the database has it."""
    with sessions() as session:
        return session.get_one(Complaint, number)


def test_the_whole_course_is_on_record(sessions: Sessions, number: int) -> None:
    assert row(sessions, number).due_at == NOW + timedelta(hours=72)
    with sessions.begin() as session:
        complaints.take(session, number, by="张敏", now=NOW)
        complaints.remark(session, number, "打过电话了", by="张敏", now=NOW)
        complaints.close(session, number, "upheld", "道歉，重做", by="张敏", now=NOW)
    closed = row(sessions, number)
    assert (closed.state, closed.outcome, closed.owner) == ("closed", "upheld", "张敏")
    with sessions.begin() as session:
        later = NOW + timedelta(days=9)
        complaints.reopen(session, number, "还是没来", by="李强", now=later)
    again = row(sessions, number)
    assert (again.state, again.owner, again.outcome) == ("open", None, None)
    assert again.due_at == later + timedelta(hours=72)
    with sessions() as session:
        kinds = [event.kind for event in complaints.events(session, number)]
    assert kinds == ["made", "taken", "remarked", "closed", "reopened"]


@pytest.mark.parametrize(
    "step",
    [
        lambda session, number: complaints.close(session, number, "upheld", "", by="张敏", now=NOW),
        lambda session, number: complaints.reopen(session, number, "", by="张敏", now=NOW),
    ],
)
def test_a_step_that_does_not_follow_is_refused(
    sessions: Sessions, number: int, step: Callable[..., object]
) -> None:
    with sessions.begin() as session, pytest.raises(ComplaintStateError):
        step(session, number)


def test_a_colleague_takes_it_over_and_only_the_owner_closes(
    sessions: Sessions, number: int
) -> None:
    with sessions.begin() as session:
        complaints.take(session, number, by="张敏", now=NOW)
        complaints.take(session, number, by="李强", now=NOW)
        with pytest.raises(ComplaintStateError):
            complaints.close(session, number, "upheld", "", by="张敏", now=NOW)
        complaints.close(session, number, "unfounded", "查无此事", by="李强", now=NOW)
        with pytest.raises(ComplaintStateError):
            complaints.take(session, number, by="张敏", now=NOW)


def test_what_is_not_closed_in_time_says_so_once(sessions: Sessions, number: int) -> None:
    with sessions.begin() as session:
        assert complaints.remind(session, NOW + timedelta(hours=71)) == 0
        assert complaints.remind(session, NOW + timedelta(hours=72)) == 1
        assert complaints.remind(session, NOW + timedelta(hours=99)) == 0


@pytest.mark.parametrize(
    ("heard", "kind"), [(Heard(1), "quality"), (Heard(2), "quality"), (Heard(None), "late")]
)
def test_a_bad_review_opens_one_against_the_provider(
    sessions: Sessions, heard: Heard, kind: str
) -> None:
    with sessions.begin() as session:
        number = provider(session, "康乐", "理发")
        order = place(session)
        life.offer(session, order.id, number, act(), places=5, due=at(MONDAY, 9))
        for step in (life.accept, life.start, life.finish):
            step(session, order.id, act(), provider_id=number)
        made = satisfaction.keep(session, order.id, heard, "剪坏了", act(by="caller"))
        assert made is not None
        assert (made.kind, made.provider_id, made.order_id) == (kind, number, order.id)
        assert (made.person, made.phone) == (order.person, order.phone)
        assert "剪坏了" in made.text
        assert order.score == (heard.score or 1)


def test_a_good_review_opens_none(sessions: Sessions) -> None:
    with sessions.begin() as session:
        number = provider(session, "康乐", "理发")
        order = place(session)
        life.offer(session, order.id, number, act(), places=5, due=at(MONDAY, 9))
        for step in (life.accept, life.start, life.finish):
            step(session, order.id, act(), provider_id=number)
        assert satisfaction.keep(session, order.id, Heard(3), "一般", act(by="caller")) is None
        assert complaints.still_open(session) == []
