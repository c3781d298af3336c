"""Hides telephone and identity numbers in anything that might be shown."""

import re

from care.language.numerals import DIGIT_OF
from care.language.phones import find_phones

_DIGIT = "0-9" + "".join(sign for sign in DIGIT_OF if not sign.isascii()) + "洞拐勾"
_APART = r"[\s\-,，、.。·—_]{0,2}"
_DAY = r"(?<!\d)20\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?(?!\d)"
_COUNTED = r"[两二三四2-4]个"
_RUN = re.compile(
    rf"(?P<day>{_DAY})|(?:{_COUNTED})?[{_DIGIT}](?:{_APART}(?:{_COUNTED})?[{_DIGIT}]){{6,}}(?:{_APART}[Xx×叉])?"
)


def mask(text: str) -> str:
    """`text` with every digit of a run of seven or more, written or spoken, as `*`.

    Misheard telephone numbers (要三八…) go too; dates like 2026-11-23 and short numbers stay.
    """
    for phone in sorted(find_phones(text), key=lambda phone: -phone.start):
        text = text[: phone.start] + "*" * (phone.end - phone.start) + text[phone.end :]
    return _RUN.sub(_hidden, text)


def _hidden(run: re.Match[str]) -> str:
    if run["day"]:
        return run[0]
    return "*" * len(run[0])
