"""Free hours: whose, how many, and what is left of them in a month."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from care.catalogue.service import Catalogue, Service
from care.data_files import DATA
from care.elders.model import Elder
from care.orders import life, quota
from care.orders import service as orders
from care.orders.model import Order
from care.orders.quote import Quote, quote
from care.orders.steps import BY_CODE, Act
from care.orders.wish import Wish
from care.storage.engine import Sessions
from tests.care.orders.town import HAIRCUT, TODAY, act, at, elder
from tests.conftest import NOW

CATALOGUE = Catalogue.load(DATA)
HOUR = 60
CLEANING = replace(HAIRCUT, service="助洁")
"""Two hours by the catalogue."""


def priced(**values: int) -> Catalogue:
    """The project's own, with a price and a subsidy (分 a unit) for the cleaning and for lunch."""
    services = dict(CATALOGUE.services)
    for name in ("助洁", "午餐"):
        services[name] = Service(**(services[name].model_dump() | values))
    return replace(CATALOGUE, services=services)


def _place(sessions: Sessions, wish: Wish) -> Order:
    with sessions.begin() as session:
        quoted = quote(session, CATALOGUE, wish)
        return orders.place(session, wish, conversation_id=None, now=NOW, quote=quoted)


def _serve(sessions: Sessions, order: Order, minutes: int, how: str = BY_CODE) -> None:
    began = at(order.on, 9)
    with sessions.begin() as session:
        life.offer(session, order.id, 1, act(), places=99, due=began)
        life.accept(session, order.id, act(), provider_id=1)
        life.start(session, order.id, act(began), provider_id=1)
        ended = began + timedelta(minutes=minutes)
        life.finish(session, order.id, Act("小李", ended, how), provider_id=1)


def _hours(sessions: Sessions, on: date = CLEANING.on) -> quota.Hours:
    with sessions() as session:
        return quota.left(session, 1, on)


@pytest.mark.parametrize(
    ("region", "born", "minutes"),
    [
        ("沈阳市", date(1946, 11, 23), 3 * HOUR),  # 80 on the day
        ("沈阳市", date(1946, 11, 24), 0),
        ("阿拉善左旗", date(1930, 1, 1), 0),
    ],
)
def test_who_has_how_many_is_in_the_rules(
    embedded: Sessions, region: str, born: date, minutes: int
) -> None:
    with embedded.begin() as session:
        elder(session, region=region, born=born)
    hours = _hours(embedded)
    assert (hours.allowance, hours.left, hours.decided) == (minutes, minutes, False)
    assert bool(hours.source) is bool(minutes)


def test_what_an_official_decided_counts_from_its_month_on(embedded: Sessions) -> None:
    with embedded.begin() as session:
        quota.grant(
            session, elder(session), 45 * HOUR, since=TODAY, by="李娜", note="评估", now=NOW
        )
    assert (_hours(embedded).left, _hours(embedded).decided) == (45 * HOUR, True)
    assert _hours(embedded, TODAY.replace(day=1)).left == 45 * HOUR
    assert _hours(embedded, TODAY.replace(day=1) - timedelta(days=1)).left == 0


def test_set_aside_then_used_as_long_as_it_took(sessions: Sessions) -> None:
    with sessions.begin() as session:
        elder(session, region="沈阳市")
    order = _place(sessions, replace(CLEANING, elder_id=1))
    assert (order.free_minutes, _hours(sessions).left) == (120, 60)
    _serve(sessions, order, 95)
    hours = _hours(sessions)
    assert (hours.used, hours.set_aside, hours.left) == (95, 0, 85)


def test_longer_work_takes_what_is_left_and_no_more(embedded: Sessions) -> None:
    with embedded.begin() as session:
        elder(session, region="沈阳市")
    order = _place(embedded, replace(CLEANING, elder_id=1))
    _serve(embedded, order, 400)
    assert (_hours(embedded).used, _hours(embedded).left) == (180, 0)


@pytest.mark.parametrize(("minutes", "used"), [(95, 95), (400, 120)])
def test_without_the_elders_code_at_its_end_it_takes_no_more_than_usual(
    embedded: Sessions, minutes: int, used: int
) -> None:
    with embedded.begin() as session:
        elder(session, region="沈阳市")
    order = _place(embedded, replace(CLEANING, elder_id=1))
    _serve(embedded, order, minutes, how="provider")
    assert (_hours(embedded).used, _hours(embedded).left) == (used, 180 - used)


def test_cancelled_hours_come_back_and_other_months_have_their_own(embedded: Sessions) -> None:
    with embedded.begin() as session:
        elder(session, region="沈阳市")
    order = _place(embedded, replace(CLEANING, elder_id=1))
    later = replace(CLEANING, elder_id=1, on=date(2026, 12, 1))
    assert _place(embedded, later).free_minutes == 120
    with embedded.begin() as session:
        orders.cancel(session, order, NOW)
    assert _hours(embedded).left == 180


def test_a_changed_order_has_the_hours_that_were_its_own(embedded: Sessions) -> None:
    with embedded.begin() as session:
        elder(session, region="沈阳市")
    first = _place(embedded, replace(CLEANING, elder_id=1))
    _place(embedded, replace(HAIRCUT, elder_id=1))
    wish = replace(orders.wish_of(first), at=time(14, 0))
    with embedded.begin() as session:
        quoted = quote(session, CATALOGUE, wish, instead_of=first)
        orders.change(session, first, wish, NOW, quote=quoted)
    assert (quoted.free_minutes, _hours(embedded).left) == (120, 30)


def test_without_a_price_nothing_is_said_of_money(embedded: Sessions) -> None:
    with embedded.begin() as session:
        assert quote(session, CATALOGUE, CLEANING) == Quote(None, minutes=120)
        assert quote(session, CATALOGUE, CLEANING).pays is None


def test_the_subsidy_is_for_what_free_hours_leave(embedded: Sessions) -> None:
    catalogue = priced(price=3000, subsidy=1000)
    with embedded.begin() as session:
        elder(session, region="沈阳市")
        whole = quote(session, catalogue, CLEANING)
        assert (whole.price, whole.subsidy, whole.pays) == (6000, 2000, 4000)
        quota.grant(session, 1, 90, since=TODAY, by="李娜", note="", now=NOW)
        part = quote(session, catalogue, replace(CLEANING, elder_id=1))
        assert (part.free_minutes, part.free, part.subsidy, part.pays) == (90, 4500, 500, 1000)
        lunch = quote(session, catalogue, replace(CLEANING, service="午餐", count=3, elder_id=1))
        assert (lunch.free_minutes, lunch.price, lunch.pays) == (0, 9000, 6000)


@given(
    price=st.integers(0, 10_000),
    share=st.floats(0, 1),
    granted=st.integers(0, 300),
)
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_all_parts_make_up_the_price(
    embedded: Sessions, price: int, share: float, granted: int
) -> None:
    catalogue = priced(price=price, subsidy=int(price * share))
    with embedded() as session:
        elder(session)
        quota.grant(session, 1, granted, since=TODAY, by="李娜", note="", now=NOW)
        found = quote(session, catalogue, replace(CLEANING, elder_id=1))
        session.rollback()
    assert found.free is not None
    assert found.pays is not None
    assert found.pays >= 0
    assert found.free + found.subsidy + found.pays == found.price
    assert found.free_minutes == min(granted, 120)
    assert found.pays == 0 or found.free_minutes < 120


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["place", "cancel", "serve", "grant"]), st.integers(0, 400)),
        max_size=14,
    )
)
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_no_month_ever_gives_more_than_it_has(
    embedded: Sessions, steps: list[tuple[str, int]]
) -> None:
    with embedded.begin() as session:
        number_of_elders = len(session.scalars(select(Elder.id)).all())
        row = elder(session, region="沈阳市", phone=f"138{number_of_elders:08d}")
    highest = 180
    open_orders: list[Order] = []
    for step, number in steps:
        if step == "place":
            open_orders.append(_place(embedded, replace(CLEANING, elder_id=row)))
        elif step == "grant":
            with embedded.begin() as session:
                quota.grant(session, row, number, since=TODAY, by="李娜", note="", now=NOW)
            highest = max(highest, number)
        elif open_orders:
            order = open_orders.pop()
            if step == "serve":
                _serve(embedded, order, number)
            else:
                with embedded.begin() as session:
                    orders.cancel(session, order, NOW)
        with embedded() as session:
            hours = quota.left(session, row, CLEANING.on)
        assert hours.used + hours.set_aside <= highest
        assert 0 <= hours.left <= highest
