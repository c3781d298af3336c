"""How providers' people come in: one-time password, their own, locks, sessions."""

import pytest

from care.operators import refused as desk
from care.operators.accounts import OneTime
from care.operators.gate import Credentials
from care.operators.passwords import Passwords
from care.providers import accounts
from care.providers.accounts import NewAccount
from care.providers.gate import ProviderGate
from care.providers.refused import RefusedError
from care.storage.engine import Sessions
from tests.care.operators.people import ADDRESS, PASSWORD, QUICK, WRONG, Time
from tests.care.orders.town import provider

FIRST = "abcd-efgh-jkmn-pqrs"


class Door:
    """One provider with one account that has a one-time password."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions, self.clock = sessions, Time()
        self.gate = ProviderGate(sessions, self.clock, Passwords(QUICK))
        with sessions.begin() as session:
            self.provider = provider(session, "康乐", "理发")
            self.account = self.add(NewAccount("Kang-Le", "张姐"), session)

    def add(self, new: NewAccount, session: object) -> int:
        made = OneTime(FIRST, self.gate.passwords.hash(FIRST))
        row = accounts.add(session, self.provider, new, made, by="班长", now=self.clock())  # type: ignore[arg-type]
        return row.id

    def sign_in(
        self, password: str, name: str = "kang-le", address: str = ADDRESS
    ) -> tuple[str, bool]:
        return self.gate.sign_in(Credentials(name, password, "", address))

    def refusal(self, password: str = WRONG, name: str = "kang-le", address: str = ADDRESS) -> str:
        with pytest.raises(RefusedError) as refused:
            self.sign_in(password, name, address)
        return refused.value.kind


@pytest.fixture
def door(sessions: Sessions) -> Door:
    """Where they come in."""
    return Door(sessions)


def test_the_one_time_password_leads_to_ones_own(door: Door) -> None:
    token, must_choose = door.sign_in(FIRST)
    assert must_choose
    who = door.gate.who(token)
    assert who is not None
    assert (who.provider, who.office, who.must_choose_password) == ("康乐", True, True)
    with pytest.raises(desk.RefusedError, match="10"):
        door.gate.choose_password(who.id, "short")
    fresh = door.gate.choose_password(who.id, PASSWORD)
    assert door.gate.who(token) is None
    who = door.gate.who(fresh)
    assert who is not None
    assert not who.must_choose_password
    assert door.refusal(FIRST) == "sign_in_wrong"
    assert door.sign_in(PASSWORD)[1] is False
    with pytest.raises(RefusedError):
        door.gate.choose_password(who.id, PASSWORD + "2")


def test_a_one_time_password_is_of_no_use_after_a_day(door: Door) -> None:
    door.clock.passes(hours=24)
    assert door.refusal(FIRST) == "sign_in_wrong"


def test_five_failures_lock_the_name_whether_it_exists_or_not(door: Door) -> None:
    for name in ("kang-le", "nobody"):
        assert [door.refusal(name=name) for _ in range(6)] == ["sign_in_wrong"] * 5 + ["locked"]
    assert door.refusal(FIRST) == "locked"
    assert door.refusal(address="192.0.2.9") == "sign_in_wrong"
    door.clock.passes(minutes=2)
    assert door.sign_in(FIRST)


def test_whoever_left_is_out_at_once_and_a_reset_helps_a_forgotten_password(door: Door) -> None:
    token = door.sign_in(FIRST)[0]
    with door.sessions.begin() as session:
        row = accounts.by_name(session, "KANG-LE")
        assert row is not None
        accounts.set_active(session, row, False, by="班长", now=door.clock())
    assert door.gate.who(token) is None
    assert door.refusal(FIRST) == "sign_in_wrong"
    with door.sessions.begin() as session:
        row = accounts.by_name(session, "kang-le")
        assert row is not None
        accounts.set_active(session, row, True, by="班长", now=door.clock())
        second = OneTime("wxyz", door.gate.passwords.hash("wxyz"))
        accounts.reset(session, row, second, by="班长", now=door.clock())
    assert door.refusal(FIRST) == "sign_in_wrong"
    assert door.sign_in("wxyz")[1]


def test_a_sign_in_lasts_over_night_and_not_for_ever(door: Door) -> None:
    token = door.sign_in(FIRST)[0]
    door.clock.passes(hours=16)
    assert door.gate.who(token)
    door.clock.passes(hours=36)
    assert door.gate.who(token) is None


def test_signing_out_and_signing_in_again_end_what_was_before(door: Door) -> None:
    first = door.sign_in(FIRST)[0]
    second = door.gate.sign_in(Credentials("kang-le", FIRST, "", ADDRESS), first)[0]
    assert door.gate.who(first) is None
    door.gate.sign_out(second)
    assert door.gate.who(second) is None


def test_names_are_taken_once_and_workers_are_the_providers_own(door: Door) -> None:
    with door.sessions.begin() as session:
        for new, kind in (
            (NewAccount("KANG-LE", "李哥"), "name_taken"),
            (NewAccount("other", "李哥", worker_id=99), "worker_missing"),
        ):
            with pytest.raises(RefusedError) as refused:
                door.add(new, session)
            assert refused.value.kind == kind
