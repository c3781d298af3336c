"""What a password has to be, and how it is kept."""

import time

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from care.operators.password_rules import LEAST, MOST, check_password
from care.operators.passwords import Passwords
from care.operators.refused import RefusedError
from tests.care.operators.people import QUICK

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]))


def refusal(password: str, *names: str) -> str:
    """Why this password isn't taken, or an empty text."""
    try:
        check_password(password, names)
    except RefusedError as error:
        return error.kind
    return ""


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "password_short"),
        ("x7#kQ2p!m", "password_short"),
        ("x7#kQ2p!mz", ""),
        ("qingchen lushui", ""),
        ("a" * MOST + "b", "password_long"),
        ("woaini1314520", ""),
        ("WoAiNi5201314", "password_common"),
        ("ｐａｓｓｗｏｒｄ１２３", "password_common"),
        ("aaaaaaaaaaaa", "password_simple"),
        ("121212121212", "password_simple"),
        ("abcdefghijklmn", "password_simple"),
        ("0987654321098765", "password_simple"),
        ("qwertyuiopqwerty", "password_simple"),
        ("hao li.na hao", "password_has_name"),
        ("HAO LI.NA HAO", "password_has_name"),
    ],
)
def test_rules(password: str, why: str) -> None:
    assert refusal(password, "li.na", "李娜") == why


@given(LETTERS)
def test_whatever_is_taken_is_long_and_not_too_long(password: str) -> None:
    if refusal(password) == "":
        assert LEAST <= len(password) <= MOST


@given(LETTERS, LETTERS)
def test_only_the_password_itself_fits(password: str, other: str) -> None:
    passwords = Passwords(QUICK)
    kept = passwords.hash(password)
    assert passwords.fits(kept, password)
    assert passwords.fits(kept, other) == (password == other)
    assert not passwords.fits(None, password)


def test_what_is_kept_is_argon2id_as_rfc_9106_recommends() -> None:
    assert Passwords().hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_something_else_than_a_hash_fits_nothing() -> None:
    assert not Passwords(QUICK).fits("", "")
    assert not Passwords(QUICK).fits("$2b$12$abcdefghijklmnopqrstuv", "x")


def test_a_name_that_does_not_exist_costs_the_same_work() -> None:
    passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=8192, parallelism=1))
    kept = passwords.hash("x")

    def work(of: str | None) -> float:
        def once() -> float:
            before = time.thread_time()
            passwords.fits(of, "wrong")
            return time.thread_time() - before

        return min(once() for _ in range(7))

    known, unknown = work(kept), work(None)
    assert 0.5 < known / unknown < 2
