"""Signing in, staying in, and every way out."""

from datetime import timedelta

import pytest

from care.operators import accounts, own
from care.operators.gate import Credentials
from care.operators.model import Operator
from care.operators.refused import RefusedError
from care.operators.role import Right, Role
from care.operators.sessions import LIFETIME, SEEN_EVERY
from care.operators.throttle import LIMITS
from care.storage.engine import Sessions
from tests.care.operators.people import PASSWORD, People

NEW = "caiyuan huanggua kaihua"


@pytest.fixture
def people(sessions: Sessions) -> People:
    found = People(sessions)
    found.add("wang", Role.ADMIN, "王芳")
    found.add("li", Role.OPERATOR, "李娜")
    return found


def test_who_signs_in_is_who_they_are(people: People) -> None:
    token, who = people.sign_in("li")
    assert (who.name, who.display_name, who.role) == ("li", "李娜", Role.OPERATOR)
    assert who.may(Right.TAKE_CALLERS)
    assert not who.may(Right.MANAGE_PEOPLE)
    assert people.gate.who(token) == who
    assert people.happened(who.id)[-1] == ("signed_in", "li")


@pytest.mark.parametrize("typed", ["LI", " li ", "ｌｉ", "Ｌｉ"])
def test_capitals_and_full_width_letters_do_not_matter(people: People, typed: str) -> None:
    assert people.sign_in(typed)[1].name == "li"


def test_wrong_password_and_unknown_name_get_the_same_answer(people: People) -> None:
    assert people.refusal("li") == people.refusal("nobody") == "sign_in_wrong"
    assert people.refusal("li", "") == people.refusal("", "") == "sign_in_wrong"


def test_a_failed_sign_in_is_written_down_without_what_was_typed(people: People) -> None:
    people.refusal("li", "secret-that-was-typed")
    people.refusal("name-that-was-typed")
    assert people.happened(people.row("li").id)[-1] == ("sign_in_failed", "sign-in")
    assert people.happened(None) == [("sign_in_failed", "sign-in")]


@pytest.mark.parametrize("name", ["li", "nobody"])
def test_after_five_failures_a_name_waits_whether_it_exists_or_not(
    people: People, name: str
) -> None:
    kinds = [people.refusal(name) for _ in range(LIMITS.pair.free + 3)]
    assert kinds == ["sign_in_wrong"] * (LIMITS.pair.free + 1) + ["locked"] * 2


def test_a_lock_keeps_out_the_right_password_too_and_ends(people: People) -> None:
    for _ in range(LIMITS.pair.free + 1):
        people.refusal("li")
    assert people.refusal("li", PASSWORD) == "locked"
    assert people.sign_in("wang")[1].name == "wang"
    people.clock.passes(seconds=59)
    assert people.refusal("li", PASSWORD) == "locked"
    people.clock.passes(seconds=1)
    assert people.sign_in("li")[1].name == "li"
    assert people.refusal("li") == "sign_in_wrong"  # counting began anew


def test_a_stranger_who_guesses_elsewhere_keeps_nobody_out(people: People) -> None:
    for _ in range(LIMITS.pair.free + 1):
        people.refusal("li", address="198.51.100.1")
    assert people.refusal("li", PASSWORD, address="198.51.100.1") == "locked"
    assert people.sign_in("li")[1].name == "li"


@pytest.mark.parametrize("name", ["li", "nobody"])
def test_a_name_tried_from_many_addresses_waits_everywhere(people: People, name: str) -> None:
    for number in range(LIMITS.name.free + 1):
        assert people.refusal(name, address=f"203.0.113.{number}") == "sign_in_wrong"
    assert people.refusal(name, PASSWORD, address="192.0.2.77") == "locked"


def test_asking_for_the_password_again_is_limited_and_locks_no_door(people: People) -> None:
    number = people.row("li").id
    kinds = []
    for _ in range(LIMITS.pair.free + 2):
        with pytest.raises(RefusedError) as refused:
            people.gate.prove(number, "wrong")
        kinds.append(refused.value.kind)
    assert kinds == ["password_wrong"] * (LIMITS.pair.free + 1) + ["locked"]
    assert people.sign_in("li")


def test_an_address_that_tries_many_names_waits(people: People) -> None:
    for number in range(LIMITS.address.free + 1):
        assert people.refusal(f"guess{number}", address="198.51.100.1") == "sign_in_wrong"
    assert people.refusal("li", PASSWORD, address="198.51.100.1") == "locked"
    assert people.sign_in("li")[1].name == "li"


def test_signing_in_gives_an_address_no_new_tries_at_other_names(people: People) -> None:
    for number in range(LIMITS.address.free):
        people.refusal(f"guess{number}")
    people.sign_in("li")
    people.refusal("guess")
    assert people.refusal("another") == "locked"


def test_an_ipv6_network_counts_as_one(people: People) -> None:
    for number in range(LIMITS.address.free + 1):
        people.refusal(f"guess{number}", address=f"2001:db8::{number:x}")
    assert people.refusal("li", PASSWORD, address="2001:db8::ffff") == "locked"
    assert people.refusal("li", PASSWORD, address="2001:db8:0:1::1") == ""


def test_every_sign_in_has_a_new_token_and_ends_the_one_it_replaces(people: People) -> None:
    first, _ = people.sign_in("li")
    second, _ = people.sign_in("li")
    assert first != second
    assert people.gate.who(first)  # another browser
    third, _ = people.gate.sign_in(Credentials("li", PASSWORD, "", "192.0.2.1"), first)
    assert people.gate.who(first) is None
    assert people.gate.who(second)
    assert people.gate.who(third)


def test_tokens_that_were_never_given_open_nothing(people: People) -> None:
    token, _ = people.sign_in("li")
    for made_up in ("", "x", token[:-1], token + "x", token.lower()):
        assert people.gate.who(made_up) is None


def test_the_database_holds_no_token(people: People) -> None:
    token, _ = people.sign_in("li")
    with people.sessions() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM operator_sessions").all()
    assert len(rows) == 1
    assert token not in str(rows)


def test_signing_out_ends_it(people: People) -> None:
    token, who = people.sign_in("li")
    people.gate.sign_out(token)
    people.gate.sign_out(token)
    assert people.gate.who(token) is None
    assert [kind for kind, _ in people.happened(who.id)].count("signed_out") == 1


def test_unused_it_ends_and_used_it_lasts_a_shift(people: People) -> None:
    token, _ = people.sign_in("li")
    people.clock.passes(seconds=LIFETIME.idle.total_seconds() - 1)
    assert people.gate.who(token)  # used: lasts on
    people.clock.passes(seconds=LIFETIME.idle.total_seconds() - 1)
    assert people.gate.who(token, used=False)  # looked at only
    people.clock.passes(seconds=1)
    assert people.gate.who(token) is None


def test_who_somebody_is_waits_for_nobody_who_writes(people: People) -> None:
    token, who = people.sign_in("li")
    people.clock.passes(seconds=SEEN_EVERY.total_seconds() - 1)
    with people.sessions.begin() as session:
        session.get_one(Operator, who.id).display_name = "李丽"
        session.flush()
        assert people.gate.who(token) == who


def test_nothing_lasts_longer_than_the_longest(people: People) -> None:
    token, who = people.sign_in("li")
    used = timedelta(0)
    while used < LIFETIME.longest - timedelta(minutes=30):
        people.clock.passes(minutes=30)
        used += timedelta(minutes=30)
        now = people.gate.who(token)
        if used < LIFETIME.longest:
            assert now is not None
            assert now.ends_at <= who.ends_at - LIFETIME.idle + LIFETIME.longest
    people.clock.passes(minutes=30)
    assert people.gate.who(token) is None


def test_whoever_is_deactivated_is_out_at_once_and_stays_out(people: People) -> None:
    token, who = people.sign_in("li")
    with people.sessions.begin() as session:
        row = session.get_one(Operator, who.id)
        accounts.deactivate(session, row, by="wang", now=people.clock())
    assert people.gate.who(token) is None
    assert people.refusal("li", PASSWORD) == "sign_in_wrong"
    with people.sessions.begin() as session:
        row = session.get_one(Operator, who.id)
        accounts.activate(session, row, by="wang", now=people.clock())
    assert people.gate.who(token) is None
    assert people.sign_in("li")


def test_another_role_begins_with_signing_in_anew(people: People) -> None:
    """What is open would otherwise go on showing what the old one might see."""
    token, who = people.sign_in("li")
    with people.sessions.begin() as session:
        row = session.get_one(Operator, who.id)
        accounts.change_role(session, row, Role.AUDITOR, by="wang", now=people.clock())
    assert people.gate.who(token) is None
    _, now = people.sign_in("li")
    assert not now.may(Right.TAKE_CALLERS)
    assert now.may(Right.SEE_AUDIT)


def test_a_new_password_ends_every_other_sign_in(people: People) -> None:
    here, who = people.sign_in("li")
    there, _ = people.sign_in("li")
    fresh = own.choose_password(people.gate, who.id, old=PASSWORD, new=NEW)
    assert people.gate.who(here) is None
    assert people.gate.who(there) is None
    assert people.gate.who(fresh)
    assert people.refusal("li", PASSWORD) == "sign_in_wrong"
    assert people.sign_in("li", NEW)


def test_a_reset_lets_in_once_to_choose_a_password(people: People) -> None:
    token, who = people.sign_in("li")
    one_time = accounts.one_time(people.passwords)
    with people.sessions.begin() as session:
        row = session.get_one(Operator, who.id)
        accounts.reset(session, row, one_time, by="wang", now=people.clock())
    assert people.gate.who(token) is None
    assert people.refusal("li", PASSWORD) == "sign_in_wrong"
    _, who = people.sign_in("li", one_time.password)
    assert who.must_choose_password
    own.choose_password(people.gate, who.id, old=one_time.password, new=NEW)
    assert not people.sign_in("li", NEW)[1].must_choose_password


def test_a_one_time_password_ends_after_a_day(people: People) -> None:
    one_time = accounts.one_time(people.passwords)
    with people.sessions.begin() as session:
        row = session.get_one(Operator, people.row("li").id)
        accounts.reset(session, row, one_time, by="wang", now=people.clock())
    people.clock.passes(hours=24)
    assert people.refusal("li", one_time.password) == "sign_in_wrong"


def test_a_reset_opens_a_lock(people: People) -> None:
    for _ in range(LIMITS.pair.free + 1):
        people.refusal("li", address="203.0.113.9")
    one_time = accounts.one_time(people.passwords)
    with people.sessions.begin() as session:
        row = session.get_one(Operator, people.row("li").id)
        accounts.reset(session, row, one_time, by="wang", now=people.clock())
    assert people.sign_in("li", one_time.password)
