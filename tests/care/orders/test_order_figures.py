"""How the orders of a day stand."""

from dataclasses import replace
from datetime import timedelta

from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.orders import life
from care.orders import service as orders
from care.orders.attention import ASK_ELDER
from care.orders.figures import count
from care.orders.state import CANCELLED, DRAFT, PLACED, REVIEWED, UNDER_WAY
from care.storage.engine import Sessions
from tests.care.orders.town import HAIRCUT, LUNCH, MONDAY, act, at, place
from tests.conftest import NOW

CATALOGUE = Catalogue.load(DATA)


def test_a_day_by_state_by_field_and_on_time(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for minute, score in ((0, 5), (30, 4), (31, None)):
            order = place(session)
            began = at(MONDAY, 9, minute)
            life.offer(session, order.id, 1, act(), places=9, due=began)
            for step in (life.accept, life.start, life.finish)[: 3 if score else 2]:
                step(session, order.id, act(began), provider_id=1)
            if score:
                life.review(session, order.id, act(began), score=score)
        place(session, LUNCH)
        place(session, replace(LUNCH, on=MONDAY + timedelta(days=1)))
        orders.cancel(session, place(session), NOW)
        assert orders.draft(session, LUNCH, conversation_id=None, now=NOW).attention == ASK_ELDER
    with sessions() as session:
        found = count(session, CATALOGUE, MONDAY, MONDAY)
        nothing = count(session, CATALOGUE, MONDAY - timedelta(9), MONDAY - timedelta(9))
    assert {state: number for state, number in found.by_state.items() if number} == {
        REVIEWED: 2, UNDER_WAY: 1, PLACED: 1, CANCELLED: 1, DRAFT: 1,
    }  # fmt: skip
    assert found.by_field == {"生活帮助": 3, "助餐": 1}
    assert (found.begun, found.on_time, found.attention) == (3, 2, 1)
    assert (found.reviewed, found.score) == (2, 4.5)
    assert (nothing.on_time_share, nothing.score) == (None, None)
    assert HAIRCUT.service not in found.by_field
