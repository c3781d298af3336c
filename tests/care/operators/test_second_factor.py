"""Codes from a phone (TOTP) beside the password."""

from datetime import timedelta

import pyotp
import pytest

from care.operators import own
from care.operators.refused import RefusedError
from care.operators.role import Role
from care.storage.engine import Sessions
from tests.care.operators.people import PASSWORD, People


@pytest.fixture
def people(sessions: Sessions) -> People:
    found = People(sessions)
    found.add("wang", Role.ADMIN, "王芳")
    found.add("li", Role.OPERATOR, "李娜")
    return found


@pytest.fixture
def phone(people: People) -> pyotp.TOTP:
    """What 李娜's phone shows, at a moment."""
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(people.clock())
    number = people.row("li").id
    own.turn_on_totp(people.gate, number, password=PASSWORD, secret=secret, code=code)
    people.clock.passes(seconds=30)
    return pyotp.TOTP(secret)


def test_password_and_code_open(people: People, phone: pyotp.TOTP) -> None:
    assert people.sign_in("li", code=phone.at(people.clock()))[1].has_totp


def test_neither_alone_opens(people: People, phone: pyotp.TOTP) -> None:
    code = phone.at(people.clock())
    assert people.refusal("li", PASSWORD) == "sign_in_wrong"
    assert people.refusal("li", "wrong", code) == "sign_in_wrong"


def test_a_code_opens_once(people: People, phone: pyotp.TOTP) -> None:
    code = phone.at(people.clock())
    people.sign_in("li", code=code)
    assert people.refusal("li", PASSWORD, code) == "sign_in_wrong"


def test_an_earlier_code_opens_no_more(people: People, phone: pyotp.TOTP) -> None:
    before = phone.at(people.clock())
    people.clock.passes(seconds=30)
    people.sign_in("li", code=phone.at(people.clock()))
    assert people.refusal("li", PASSWORD, before) == "sign_in_wrong"


@pytest.mark.parametrize(("off", "opens"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_phone_may_be_half_a_minute_off(
    people: People, phone: pyotp.TOTP, off: int, opens: bool
) -> None:
    people.clock.passes(minutes=5)
    code = phone.at(people.clock() + timedelta(seconds=off))
    assert (people.refusal("li", PASSWORD, code) == "") == opens


def test_turning_it_off_needs_the_password(people: People, phone: pyotp.TOTP) -> None:
    number = people.row("li").id
    with pytest.raises(RefusedError):
        own.turn_off_totp(people.gate, number, password="wrong")
    assert people.row("li").totp_secret
    own.turn_off_totp(people.gate, number, password=PASSWORD)
    assert people.sign_in("li")


def test_a_code_that_does_not_fit_turns_nothing_on(people: People) -> None:
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(people.clock() + timedelta(minutes=20))
    with pytest.raises(RefusedError, match="验证码不对"):
        own.turn_on_totp(
            people.gate, people.row("wang").id, password=PASSWORD, secret=secret, code=code
        )
    assert people.row("wang").totp_secret is None
