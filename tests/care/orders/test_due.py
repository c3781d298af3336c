"""What happens to orders when nobody acts, by a clock that the test tells."""

from datetime import timedelta

import pytest

from care.orders import life
from care.orders import service as orders
from care.orders.attention import ASK_ELDER, NOBODY, NOT_FINISHED, NOT_STARTED, TOO_LATE, needing
from care.orders.deadlines import Deadlines
from care.orders.due import see_to
from care.orders.state import ACCEPTED, CANCELLED, CLOSED, DRAFT, OFFERED, PLACED, UNDER_WAY
from care.storage.engine import Sessions
from tests.care.orders.town import (
    HAIRCUT,
    MONDAY,
    TODAY,
    Time,
    act,
    at,
    place,
    provider,
    stored,
)

OFFER = timedelta(minutes=Deadlines.own().offer_minutes)


@pytest.fixture
def time() -> Time:
    return Time()


def _placed(sessions: Sessions, *names: str, places: int = 5) -> int:
    with sessions.begin() as session:
        for name in names:
            provider(session, name, "理发", places=places)
        return place(session).id


def test_the_next_provider_is_asked_and_then_the_desk(sessions: Sessions, time: Time) -> None:
    order = _placed(sessions, "康乐", "幸福")
    for asked in (1, 2):
        see_to(sessions, time)
        found = stored(sessions, order)
        assert (found.state, found.provider_id, found.attention) == (OFFERED, asked, None)
        time.now += OFFER
    see_to(sessions, time)
    found = stored(sessions, order)
    assert (found.state, found.provider_id, found.attention) == (PLACED, None, NOBODY)
    with sessions() as session:
        assert [each.id for each in needing(session)] == [order]


def test_a_provider_that_comes_later_is_found(sessions: Sessions, time: Time) -> None:
    order = _placed(sessions)
    see_to(sessions, time)
    assert stored(sessions, order).attention == NOBODY
    with sessions.begin() as session:
        provider(session, "康乐", "理发")
    time.pass_(minutes=Deadlines.own().again_minutes)
    see_to(sessions, time)
    assert (stored(sessions, order).state, stored(sessions, order).attention) == (OFFERED, None)


def test_who_is_full_is_passed_over(sessions: Sessions, time: Time) -> None:
    first = _placed(sessions, "康乐", places=1)
    see_to(sessions, time)
    with sessions.begin() as session:
        second = place(session).id
        provider(session, "幸福", "理发")
    see_to(sessions, time)
    assert [stored(sessions, each).provider_id for each in (first, second)] == [1, 2]


def test_nothing_happens_before_its_time(sessions: Sessions, time: Time) -> None:
    order = _placed(sessions, "康乐")
    see_to(sessions, time)
    time.now += OFFER - timedelta(seconds=1)
    assert see_to(sessions, time) == 0
    assert stored(sessions, order).state == OFFERED


def test_a_clock_set_back_delays_and_loses_nothing(sessions: Sessions, time: Time) -> None:
    order = _placed(sessions, "康乐", "幸福")
    see_to(sessions, time)
    time.pass_(days=-1)
    see_to(sessions, time)
    assert stored(sessions, order).provider_id == 1
    time.pass_(days=1)
    time.now += OFFER
    see_to(sessions, time)
    assert stored(sessions, order).provider_id == 2


def test_what_was_due_while_nobody_looked_is_done_by_the_next(
    sessions: Sessions, time: Time
) -> None:
    order = _placed(sessions, "康乐")
    time.now = at(MONDAY, 10)
    see_to(sessions, time)
    found = stored(sessions, order)
    assert (found.state, found.attention, found.due_at) == (PLACED, TOO_LATE, None)


def test_who_does_not_begin_is_looked_after(sessions: Sessions, time: Time) -> None:
    order = _placed(sessions, "康乐")
    see_to(sessions, time)
    with sessions.begin() as session:
        life.accept(session, order, act(), provider_id=1)
    time.now = at(MONDAY, 9, 29)
    assert see_to(sessions, time) == 0
    time.now = at(MONDAY, 9, 30)
    see_to(sessions, time)
    found = stored(sessions, order)
    assert (found.state, found.attention) == (ACCEPTED, NOT_STARTED)
    with sessions.begin() as session:
        life.start(session, order, act(time.now), provider_id=1)
    assert stored(sessions, order).attention is None
    time.pass_(hours=Deadlines.own().work_hours)
    see_to(sessions, time)
    found = stored(sessions, order)
    assert (found.state, found.attention) == (UNDER_WAY, NOT_FINISHED)


def test_without_a_word_it_is_closed_after_a_day_and_a_late_word_still_counts(
    sessions: Sessions, time: Time
) -> None:
    order = _placed(sessions, "康乐")
    see_to(sessions, time)
    for step in (life.accept, life.start, life.finish):
        with sessions.begin() as session:
            step(session, order, act(), provider_id=1)
    time.pass_(hours=Deadlines.own().review_hours)
    see_to(sessions, time)
    assert stored(sessions, order).state == CLOSED
    with sessions.begin() as session:
        life.review(session, order, act(time.now), score=4)
    assert stored(sessions, order).score == 4


def test_a_draft_waits_for_the_elder_and_lapses(sessions: Sessions, time: Time) -> None:
    with sessions.begin() as session:
        kept, lost = (
            orders.draft(session, HAIRCUT, conversation_id=None, now=time.now).id for _ in "ab"
        )
    assert stored(sessions, kept).attention == ASK_ELDER
    with sessions.begin() as session:
        life.confirm(session, kept, act(by="李娜"))
    time.now = at(MONDAY - timedelta(days=1), 17, 59)
    see_to(sessions, time)
    assert stored(sessions, lost).state == DRAFT
    time.now = at(MONDAY - timedelta(days=1), 18)
    see_to(sessions, time)
    assert (stored(sessions, kept).state, stored(sessions, lost).state) == (PLACED, CANCELLED)


def test_at_night_providers_have_until_the_morning(sessions: Sessions) -> None:
    deadlines = Deadlines.own()
    night, morning = at(TODAY, 22), at(MONDAY, 8)
    assert deadlines.answer_until(night, morning) == at(TODAY + timedelta(days=1), 8) + OFFER
    assert deadlines.answer_until(night, at(TODAY, 23)) == night + OFFER
    assert deadlines.answer_until(at(TODAY, 12), morning) == at(TODAY, 12) + OFFER
    assert deadlines.answer_until(at(TODAY, 6), morning) == at(TODAY, 8) + OFFER
