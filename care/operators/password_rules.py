"""What a password has to be: long, and nothing that everybody tries first (NIST SP 800-63B)."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from care.data_files import DATA
from care.operators.name import plain_name
from care.operators.refused import RefusedError

LEAST = 10
"""Characters."""
MOST = 128
"""Characters; Argon2 would take more, but a stranger shall not make it work for minutes."""
_LEAST_DIFFERENT = 5
_ROWS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def check_password(password: str, names: Iterable[str]) -> None:
    """Raises RefusedError with the sentence for whoever chose it. `names` may not occur in it."""
    if len(password) < LEAST:
        raise RefusedError("password_short", least=LEAST)
    if len(password) > MOST:
        raise RefusedError("password_long", most=MOST)
    plain = unicodedata.normalize("NFKC", password).casefold()
    if plain in _common():
        raise RefusedError("password_common")
    if len(set(plain)) < _LEAST_DIFFERENT or _is_row(plain):
        raise RefusedError("password_simple")
    if any(len(name) > 1 and plain_name(name) in plain for name in names):
        raise RefusedError("password_has_name")


def _is_row(plain: str) -> bool:
    """Neighbours on the keyboard or in the alphabet, there or back, again and again."""
    return any(
        plain in (row * (len(plain) // len(row) + 2))
        for keys in _ROWS
        for row in (keys, keys[::-1])
    )


@cache
def _common() -> frozenset[str]:
    text = (DATA / "operators" / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
