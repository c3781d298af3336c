"""公民身份号码 (GB 11643-1999): 18 signs that hold a birthday, a sex and a check sign."""

import re
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(r"\d{17}[\dX]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
"""ISO 7064 MOD 11-2."""


class IdentityError(ValueError):
    """No such number can exist."""


@dataclass(frozen=True)
class Identity:
    """A number that can exist, and what it tells."""

    number: str
    born: date
    sex: str
    """female or male."""


def read_identity(text: str) -> Identity:
    """The number as somebody typed it, spaces and small x forgiven. Raises IdentityError."""
    number = "".join(text.split()).upper()
    if not _FORM.fullmatch(number):
        raise IdentityError("18 signs are needed")
    weighed = sum(int(sign) * weight for sign, weight in zip(number, _WEIGHTS, strict=False))
    if _CHECKS[weighed % 11] != number[17]:
        raise IdentityError("the check sign doesn't fit")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise IdentityError("there is no such birthday") from error
    return Identity(number, born, "male" if int(number[16]) % 2 else "female")


def masked_identity(number: str | None) -> str:
    """1529**********1234; empty for none."""
    if not number:
        return ""
    return number[:4] + "*" * (len(number) - 8) + number[-4:]
