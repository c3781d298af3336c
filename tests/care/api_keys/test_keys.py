"""Keys: shown once, found by what they are, refused when over or taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from care.api_keys import keys
from care.api_keys.model import ApiKey
from care.api_keys.scope import Scope
from care.storage.engine import Sessions
from tests.conftest import NOW

YEAR = timedelta(days=365)


def made(sessions: Sessions, name: str = "区民政局") -> str:
    with sessions.begin() as session:
        return keys.make(session, name, [Scope.ELDERS], expires_at=NOW + YEAR, now=NOW)


def test_a_key_opens_and_what_is_stored_does_not(sessions: Sessions) -> None:
    key = made(sessions)
    with sessions() as session:
        caller = keys.find(session, key, NOW)
        assert caller is not None
        assert (caller.name, caller.scopes) == ("区民政局", frozenset({Scope.ELDERS}))
        row = session.scalars(select(ApiKey)).one()
        assert row.digest not in key
        assert keys.find(session, f"hk_{row.public}_{row.digest[:43]}", NOW) is None


@pytest.mark.parametrize("change", ["secret", "public", "shape", "empty"])
def test_another_key_opens_nothing(embedded: Sessions, change: str) -> None:
    key = made(embedded)
    other = {
        "secret": key[:-1] + ("A" if key[-1] != "A" else "B"),
        "public": "hk_000000000000" + key[15:],
        "shape": key + "x",
        "empty": "",
    }[change]
    with embedded() as session:
        assert keys.find(session, other, NOW) is None


def test_it_ends_with_its_time_or_when_it_is_taken_back(embedded: Sessions) -> None:
    key, other = made(embedded), made(embedded, "区医院")
    with embedded.begin() as session:
        assert keys.find(session, key, NOW + YEAR) is None
        assert keys.revoke(session, "区民政局", NOW)
        assert not keys.revoke(session, "区民政局", NOW)
        assert keys.find(session, key, NOW) is None
        assert keys.find(session, other, NOW) is not None


def test_two_keys_have_two_names(embedded: Sessions) -> None:
    made(embedded)
    with pytest.raises(keys.NameTakenError):
        made(embedded)
