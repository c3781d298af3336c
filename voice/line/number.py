"""Telephone numbers as the line tells them."""

import re

_SIGNS = re.compile(r"[\s().\-]+")
_NUMBER = re.compile(r"\+?[0-9]{1,20}")


def number_of(text: str | None) -> str | None:
    """Digits and a leading + only; None for what isn't a number: a name, `anonymous`, nothing."""
    plain = _SIGNS.sub("", text or "")
    return plain if _NUMBER.fullmatch(plain) else None
