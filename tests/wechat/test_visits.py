"""Elders and their families are told of visits: planned, made, not answered; if they wish it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.news import awake
from care.clock import SHANGHAI
from care.elders.model import Elder
from care.visits.model import Visit, VisitEvent
from care.visits.state import How, State, Why
from care.wechat import binding
from care.wechat.code import Grant, Role
from tests.conftest import NOW
from tests.wechat.world import ELDER, World

DAUGHTER, SON = "o-lihong", "o-liming"
PEOPLE: tuple[tuple[str, Role], ...] = ((ELDER, "elder"), (DAUGHTER, "family"), (SON, "family"))


@pytest.fixture
def visit(wechat: World) -> int:
    """王桂兰 and her daughter wish to be told; her son is bound, and doesn't."""
    for openid, _ in PEOPLE:
        wechat.say("你好", openid)
    with wechat.sessions.begin() as session:
        elder = Elder(name="王桂兰", phone="13800000001")
        session.add(elder)
        session.flush()
        for openid, role in PEOPLE:
            binding.bind(session, openid, Grant(elder.id, role, "phone"), NOW)
        for openid in (ELDER, DAUGHTER):
            binding.opt_in(session, openid, ("visit",), NOW)
        row = Visit(
            elder_id=elder.id, month=date(2026, 11, 1), nth=1, rule="r", by_phone=False,
            due_from=date(2026, 11, 23), due_on=date(2026, 11, 30),
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(VisitEvent(visit_id=row.id, at=NOW, kind="planned", by="plan"))
        return row.id


def happens(made: World, number: int, kind: str, note: str = "") -> None:
    with made.sessions.begin() as session:
        row = session.get_one(Visit, number)
        if kind == State.DONE:
            row.state, row.done_at, row.done_how = State.DONE, made.clock(), note
        session.add(VisitEvent(visit_id=number, at=made.clock(), kind=kind, by="x", note=note))


@pytest.mark.parametrize(
    ("how", "told"),
    [(How.HOME, "看望过王桂兰了"), (How.ELSEWHERE, "看望过王桂兰了"), (How.PHONE, "通上话了")],
)
def test_who_wishes_it_is_told_of_a_visit(wechat: World, visit: int, how: How, told: str) -> None:
    planned = "11月23日到11月30日之间，我们的人会上门看望王桂兰。"
    for openid in (ELDER, DAUGHTER):
        assert wechat.until(2, openid)[1] == planned
    happens(wechat, visit, "called", "no_answer")  # one call alone tells nothing
    happens(wechat, visit, "in_person", Why.REFUSED)  # nor what they wish no calls for
    happens(wechat, visit, "in_person", Why.NO_ANSWER)
    assert "都没有人接" in wechat.until(3, DAUGHTER)[2]
    happens(wechat, visit, "in_person", Why.LATE)
    assert "11月30日以前会有人上门看望" in wechat.until(4, DAUGHTER)[3]
    happens(wechat, visit, State.DONE, how)
    assert told in wechat.until(5, DAUGHTER)[4]
    assert len(wechat.until(5)) == 5
    assert len(wechat.answers(SON)) == 1


def test_nobody_is_woken_for_a_plan(wechat: World, visit: int) -> None:
    wechat.until(2, DAUGHTER)
    wechat.clock.forward(hours=(26 - wechat.clock().hour) % 24)  # two at night
    happens(wechat, visit, State.DONE, How.HOME)
    wechat.until_outbox("waiting", 2)
    wechat.say("在吗", DAUGHTER)  # and what she asks meanwhile is answered
    assert wechat.answers(DAUGHTER)[2:] == ["您说的是在吗"]
    wechat.clock.forward(hours=6)
    assert "看望过" in wechat.until(4, DAUGHTER)[3]


@given(st.datetimes(timezones=st.just(SHANGHAI)))
def test_what_can_wait_waits_until_eight(now: datetime) -> None:
    at = awake(now)
    assert now <= at < now + timedelta(hours=11)
    assert (at == now) is (8 <= now.hour < 21)
    assert 8 <= at.hour < 21
