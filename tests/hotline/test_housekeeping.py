"""What other systems asked for, and were told, is forgotten after its time."""

from datetime import timedelta

from sqlalchemy import func, select

from care.api_keys import keys, writes
from care.api_keys.model import ApiRequest, ApiWrite
from care.api_keys.scope import Scope
from care.stopping import never
from care.storage.engine import Sessions
from care.webhooks.model import Webhook
from care.webhooks.outbox import turn_off
from care.webhooks.recording import Happened, record_all
from hotline.housekeeping import forget_old_messages, forget_old_requests
from tests.care.operators.people import Time
from tests.care.webhooks.receiver import House, Receiver
from tests.conftest import NOW


def test_old_requests_go_and_the_last_use_of_a_key_stays(sessions: Sessions) -> None:
    clock = Time()
    with sessions.begin() as session:
        expires = NOW + timedelta(days=900)
        key = keys.make(session, "a", [Scope.ORDERS], expires_at=expires, now=NOW)
        caller = keys.find(session, key, NOW)
        assert caller is not None
        for day in (0, 1):
            keys.keep_request(session, caller, "/orders", NOW + timedelta(days=day))
        writes.claim(session, caller.key_id, "t", content="c", now=NOW)
    for days, requests, tokens in ((180, 2, 1), (1, 1, 0), (400, 1, 0)):
        clock.passes(days=days)
        forget_old_requests(sessions, clock, 180)
        with sessions() as session:
            assert session.scalar(select(func.count(ApiRequest.id))) == requests
            assert session.scalar(select(func.count(ApiWrite.id))) == tokens
            assert keys.last_used(session) == {1: NOW + timedelta(days=1)}


def test_old_messages_go_in_portions(embedded: Sessions) -> None:
    house = House(embedded)
    number = house.add(Receiver(url="https://a.example.cn/"), "benefit.*")
    night = [Happened(key, key, "found") for key in range(1500)]
    with embedded.begin() as session:
        record_all(session.connection(), "benefit", night, house.clock(), in_bulk=True)
        turn_off(session.get_one(Webhook, number), "silent", by="job", now=house.clock())
    house.clock.passes(days=31)
    forget_old_messages(embedded, house.clock, 30, lambda: True)
    assert len(house.deliveries()) == 1500
    forget_old_messages(embedded, house.clock, 30, never)
    assert house.deliveries() == []
