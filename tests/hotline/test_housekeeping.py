"""What other systems asked for, and were told, is forgotten after its time."""

from datetime import timedelta

from sqlalchemy import func, select

from care.api_keys import keys, writes
from care.api_keys.model import ApiRequest, ApiWrite
from care.api_keys.scope import Scope
from care.storage.engine import Sessions
from hotline.housekeeping import forget_old_requests
from tests.care.operators.people import Time
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
        forget_old_requests(sessions, clock, 180, 30)
        with sessions() as session:
            assert session.scalar(select(func.count(ApiRequest.id))) == requests
            assert session.scalar(select(func.count(ApiWrite.id))) == tokens
            assert keys.last_used(session) == {1: NOW + timedelta(days=1)}
