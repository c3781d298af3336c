"""Anything that people and jobs may do to orders, in any order: what has to hold then."""

import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from sqlalchemy import func, select

from care.orders import life
from care.orders import service as orders
from care.orders.booked import OrderBooking, ProviderSlot
from care.orders.due import see_to
from care.orders.model import Order, OrderEvent, OrderOffer
from care.orders.state import DRAFT, HELD, SERVED, STATES, STEPS
from care.storage.engine import open_engine, open_sessions
from tests.care.orders.town import HAIRCUT, Time, act, at, place, provider
from tests.databases import ELDER_KEY, new_sqlite

PROVIDERS = (1, 2)
BY_PROVIDER = (life.accept, life.refuse, life.start, life.finish)
BY_ANYBODY = (life.cancel, life.no_show, life.reassign, life.expire, life.close, life.confirm)
_KINDLY = (life.OrderStateError, life.OrderElsewhereError)


class Orders(RuleBasedStateMachine):
    """Two providers with three places a slot, and orders for the same hour."""

    numbers = Bundle("numbers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.engine = open_engine(new_sqlite(Path(self.folder.name) / "orders.db"), ELDER_KEY)
        self.sessions = open_sessions(self.engine)
        self.time = Time()
        with self.sessions.begin() as session:
            for name in ("康乐", "幸福"):
                provider(session, name, "理发", places=3)

    def teardown(self) -> None:
        self.engine.dispose()
        self.folder.cleanup()

    @rule(target=numbers, draft=st.booleans())
    def place(self, draft: bool) -> int:
        with self.sessions.begin() as session:
            if draft:
                row = orders.draft(session, HAIRCUT, conversation_id=None, now=self.time())
            else:
                row = place(session, now=self.time())
        return row.id

    @rule(number=numbers, step=st.sampled_from(BY_PROVIDER), provider=st.sampled_from(PROVIDERS))
    def provider_does(self, number: int, step: Any, provider: int) -> None:
        with suppress(*_KINDLY), self.sessions.begin() as session:
            step(session, number, act(self.time()), provider_id=provider)

    @rule(number=numbers, step=st.sampled_from(BY_ANYBODY))
    def somebody_does(self, number: int, step: Any) -> None:
        with suppress(*_KINDLY), self.sessions.begin() as session:
            step(session, number, act(self.time()))

    @rule(number=numbers, score=st.integers(1, 5))
    def elder_says(self, number: int, score: int) -> None:
        with suppress(*_KINDLY), self.sessions.begin() as session:
            life.review(session, number, act(self.time()), score=score)

    @rule(number=numbers, days=st.integers(0, 2))
    def change(self, number: int, days: int) -> None:
        with suppress(*_KINDLY), self.sessions.begin() as session:
            order = session.get_one(Order, number)
            wish = orders.wish_of(order)
            moved = orders.Wish(**(vars(wish) | {"on": HAIRCUT.on + timedelta(days=days)}))
            orders.change(session, order, moved, self.time())

    @rule(minutes=st.integers(-30, 60 * 12))
    def time_passes(self, minutes: int) -> None:
        self.time.pass_(minutes=minutes)
        see_to(self.sessions, self.time)

    @invariant()
    def places_are_those_of_the_orders_that_hold_them(self) -> None:
        with self.sessions() as session:
            slots = session.scalars(select(ProviderSlot)).all()
            for slot in slots:
                booked = select(func.coalesce(func.sum(OrderBooking.count), 0))
                assert slot.taken == session.scalar(booked.where(OrderBooking.slot_id == slot.id))
                assert slot.taken <= 3
            holding = set(session.scalars(select(OrderBooking.order_id)))
            for order in session.scalars(select(Order)):
                assert order.id in holding or order.state not in HELD
                assert order.id not in holding or order.state in HELD | SERVED

    @invariant()
    def a_draft_waits_until_the_eve_of_its_own_day(self) -> None:
        with self.sessions() as session:
            for order in session.scalars(select(Order).where(Order.state == DRAFT)):
                assert order.due_at == at(order.on - timedelta(days=1), 18)

    @invariant()
    def a_state_is_reached_by_its_steps_alone(self) -> None:
        with self.sessions() as session:
            for order in session.scalars(select(Order)):
                kinds = session.scalars(
                    select(OrderEvent.kind)
                    .where(OrderEvent.order_id == order.id)
                    .order_by(OrderEvent.id)
                )
                assert order.state == _walk(list(kinds))

    @invariant()
    def one_provider_at_a_time_is_asked(self) -> None:
        with self.sessions() as session:
            for order in session.scalars(select(Order)):
                open_offers = select(OrderOffer.provider_id).where(
                    OrderOffer.order_id == order.id, OrderOffer.answer.is_(None)
                )
                asked = session.scalars(open_offers).all()
                assert asked == ([order.provider_id] if order.state == "offered" else [])


def _walk(kinds: list[str]) -> str:
    state = ""
    for kind in kinds:
        if kind in {"placed", "drafted"}:
            state = "placed" if kind == "placed" else "draft"
        elif kind == "changed" and state in HELD:
            state = "placed"
        elif kind in STEPS:
            [(to, allowed)] = STEPS[kind].items()
            assert state in allowed, f"{kind} from {state}"
            state = to
    assert state in STATES
    return state


TestOrders = Orders.TestCase
TestOrders.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
