"""The number that the telephone network gives for a caller, in the one form that records hold."""

import re

from care.language.phones import LANDLINE, LOCAL, MOBILE

_ABROAD = re.compile(r"(?:\+|00)(?!86)")
_HOME = re.compile(r"^(?:(?:\+|00)86|86(?=1[3-9]\d{9}$))")
_SEPARATORS = re.compile(r"[\s\-().]")


def national(calling: str) -> str | None:
    """A Chinese number as it is dialled at home: 13800000001, 04715551234, or 5551234.

    Carriers write +86, 0086 or 86 in front, and some a 0 in front of a mobile number. None for
    what is no number in China: foreign, withheld, or an extension.
    """
    digits = _SEPARATORS.sub("", calling)
    if _ABROAD.match(digits):
        return None
    bare = _HOME.sub("", digits, count=1)
    came_from_afar = bare != digits
    if MOBILE.fullmatch(bare.removeprefix("0")):
        return bare.removeprefix("0")
    if came_from_afar and LANDLINE.fullmatch("0" + bare):
        return "0" + bare
    return bare if LANDLINE.fullmatch(bare) or LOCAL.fullmatch(bare) else None


def is_mobile(number: str) -> bool:
    """Whether one person carries it with them; a landline rings in a household."""
    return MOBILE.fullmatch(number) is not None


def local_part(number: str) -> str:
    """A landline without its area code: 010 and 02x have three digits, the others four."""
    if not number.startswith("0"):
        return number
    return number[3:] if number[1] in "12" else number[4:]


def home_part(number: str) -> str | None:
    """A landline without the area code that it has; None for a mobile number or without one."""
    local = local_part(number)
    return None if local == number else local
