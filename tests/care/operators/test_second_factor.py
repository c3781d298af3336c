"""Codes from a phone (TOTP) beside the password."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import text

from care.operators import accounts, own
from care.operators.refused import RefusedError
from care.operators.role import Role
from care.storage.engine import Sessions, open_engine, open_sessions
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


def test_the_database_alone_tells_no_secret(people: People, phone: pyotp.TOTP) -> None:
    with people.sessions() as session:
        raw = session.execute(
            text("SELECT totp_secret FROM operators WHERE name = 'li'")
        ).scalar_one()
    assert bytes(raw) and phone.secret.encode() not in bytes(raw)
    assert people.row("li").totp_secret == phone.secret


def test_without_its_key_no_code_opens_until_somebody_resets_them(
    people: People, phone: pyotp.TOTP, tmp_path: Path
) -> None:
    with _with_key(people, tmp_path / "another.key") as robbed:
        for code in (phone.at(people.clock()), ""):
            assert robbed.refusal("li", PASSWORD, code) == "sign_in_wrong"
        new = accounts.one_time(robbed.passwords)
        with robbed.sessions.begin() as session:
            row = accounts.by_name(session, "li")
            assert row is not None
            accounts.reset(session, row, new, by="wang", now=robbed.clock())
        assert robbed.sign_in("li", new.password)


def test_while_it_cant_be_sealed_nothing_is_turned_on(people: People, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.key"
    spoiled.write_text("nonsense")
    spoiled.chmod(0o600)
    secret, number = pyotp.random_base32(), people.row("wang").id
    code = pyotp.TOTP(secret).at(people.clock())
    with _with_key(people, spoiled) as robbed:
        with pytest.raises(RefusedError, match="密钥文件"):
            own.turn_on_totp(robbed.gate, number, password=PASSWORD, secret=secret, code=code)
        assert robbed.sign_in("wang")


@contextmanager
def _with_key(people: People, key: Path) -> Iterator[People]:
    """The same accounts, as a process with another key file sees them."""
    url = people.sessions.kw["bind"].url.render_as_string(hide_password=False)
    engine = open_engine(url, key)
    yield People(open_sessions(engine), people.clock)
    engine.dispose()
