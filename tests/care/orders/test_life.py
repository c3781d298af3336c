"""The course of an order: each step by whom it may be done, and what late clicks bring."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from care.changes.model import Change
from care.data_files import DATA
from care.orders import life
from care.orders import service as orders
from care.orders.model import Order, OrderEvent, OrderOffer
from care.orders.state import (
    ACCEPTED,
    AHEAD,
    CANCELLED,
    DONE,
    PLACED,
    REVIEWED,
    STATES,
    STEPS,
    UNDER_WAY,
)
from care.storage.engine import Sessions
from tests.care.orders.town import LUNCH, MONDAY, act, at, place, provider, stored

DUE = at(MONDAY, 9)


@pytest.fixture
def offered(sessions: Sessions) -> Order:
    """Offered to provider 1; there is a provider 2."""
    with sessions.begin() as session:
        first = provider(session, "康乐", "理发")
        provider(session, "幸福", "理发")
        order = place(session)
        life.offer(session, order.id, first, act(), places=5, due=DUE)
    return order


def _do(sessions: Sessions, *steps: Callable[..., Order], order: Order) -> Order:
    for step in steps:
        with sessions.begin() as session:
            step(session, order.id, act(), provider_id=1)
    return stored(sessions, order.id)


def test_the_whole_way_and_each_step_is_on_record(sessions: Sessions, offered: Order) -> None:
    _do(sessions, life.accept, life.start, life.finish, order=offered)
    with sessions.begin() as session:
        life.review(session, offered.id, act(by="caller"), score=5)
    found = stored(sessions, offered.id)
    assert (found.state, found.score) == (REVIEWED, 5)
    with sessions() as session:
        kinds = [event.kind for event in orders.events(session, found)]
        assert kinds == ["placed", "offered", "accepted", "started", "finished", "reviewed"]
        changes = session.scalars(select(Change.topic).where(Change.key == str(offered.id)))
        assert set(changes) == {"order"}


@pytest.mark.parametrize("step", [life.accept, life.start, life.finish])
def test_a_double_click_is_one_step(
    sessions: Sessions, offered: Order, step: Callable[..., Order]
) -> None:
    steps = [life.accept, life.start, life.finish]
    _do(sessions, *steps[: steps.index(step)], order=offered)
    _do(sessions, step, step, order=offered)
    with sessions() as session:
        kinds = [event.kind for event in orders.events(session, offered)]
    assert len(kinds) == len(set(kinds))


def test_a_refusal_is_clicked_twice_and_goes_on_once(sessions: Sessions, offered: Order) -> None:
    found = _do(sessions, life.refuse, life.refuse, order=offered)
    assert (found.state, found.provider_id) == (PLACED, None)
    with sessions() as session:
        [offer] = session.scalars(select(OrderOffer))
        assert offer.answer == "refused"


def test_who_was_asked_before_can_no_longer_accept(sessions: Sessions, offered: Order) -> None:
    _do(sessions, life.refuse, order=offered)
    with sessions.begin() as session:
        life.offer(session, offered.id, 2, act(), places=5, due=DUE)
    with pytest.raises(life.OrderElsewhereError), sessions.begin() as session:
        life.accept(session, offered.id, act(), provider_id=1)
    assert stored(sessions, offered.id).provider_id == 2


def test_what_began_is_no_longer_cancelled_or_changed(sessions: Sessions, offered: Order) -> None:
    _do(sessions, life.accept, life.start, order=offered)
    with pytest.raises(orders.OrderStateError), sessions.begin() as session:
        orders.cancel(session, offered, DUE)
    with pytest.raises(orders.OrderStateError), sessions.begin() as session:
        orders.change(session, offered, LUNCH, DUE)
    assert stored(sessions, offered.id).state == UNDER_WAY


def test_another_day_is_another_question(sessions: Sessions, offered: Order) -> None:
    _do(sessions, life.accept, order=offered)
    with sessions.begin() as session:
        orders.change(session, offered, LUNCH, DUE)
    found = stored(sessions, offered.id)
    assert (found.state, found.provider_id, found.due_at) == (PLACED, None, DUE)


def test_another_telephone_number_is_not(sessions: Sessions, offered: Order) -> None:
    _do(sessions, life.accept, order=offered)
    with sessions.begin() as session:
        order = session.get_one(Order, offered.id)
        wish = orders.wish_of(order)
        changed = orders.Wish(**(vars(wish) | {"phone": "13900000002"}))
        orders.change(session, order, changed, DUE)
    found = stored(sessions, offered.id)
    assert (found.state, found.provider_id, found.phone) == (ACCEPTED, 1, "13900000002")


def test_the_desk_takes_it_from_a_provider(sessions: Sessions, offered: Order) -> None:
    _do(sessions, life.accept, order=offered)
    with sessions.begin() as session:
        life.reassign(session, offered.id, act(by="李娜"))
    assert stored(sessions, offered.id).state == PLACED


def test_nobody_there(sessions: Sessions, offered: Order) -> None:
    _do(sessions, life.accept, order=offered)
    with sessions.begin() as session:
        life.no_show(session, offered.id, act())
    with pytest.raises(life.OrderStateError), sessions.begin() as session:
        life.start(session, offered.id, act(), provider_id=1)


def test_a_score_is_one_to_five_and_the_first_counts(sessions: Sessions, offered: Order) -> None:
    _do(sessions, life.accept, life.start, life.finish, order=offered)
    with pytest.raises(ValueError, match="1 to 5"), sessions.begin() as session:
        life.review(session, offered.id, act(), score=0)
    with sessions.begin() as session:
        life.review(session, offered.id, act(), score=2)
    with pytest.raises(life.OrderStateError), sessions.begin() as session:
        life.review(session, offered.id, act(), score=5)
    assert stored(sessions, offered.id).score == 2


def test_an_order_that_does_not_exist(sessions: Sessions) -> None:
    with pytest.raises(life.OrderNotFoundError), sessions.begin() as session:
        life.cancel(session, 77, act())


@pytest.mark.parametrize(
    "change", ["UPDATE order_events SET kind = 'x'", "DELETE FROM order_events"]
)
def test_what_happened_stays(sessions: Sessions, offered: Order, change: str) -> None:
    with pytest.raises(Exception, match="append-only"), sessions.begin() as session:
        session.execute(text(change))
    with sessions() as session:
        assert len(session.scalars(select(OrderEvent)).all()) == 2


def test_cancelling_is_for_what_lies_ahead() -> None:
    assert {DONE, CANCELLED, UNDER_WAY}.isdisjoint(AHEAD)


def test_the_picture_shows_every_state_and_every_step() -> None:
    picture = (DATA.parent / "docs" / "images" / "orders.svg").read_text("utf-8")
    assert [name for name in (*STATES, *STEPS) if f">{name}<" not in picture] == []
