"""What an event may keep: words only where somebody spoke, and no full telephone number."""

import math
import re
from collections.abc import Mapping
from numbers import Integral, Real

from care.calls.kind import AFTERWARDS, SPOKEN
from care.language.mask import mask

Value = str | int | float | bool | None
Detail = Mapping[str, Value]
"""What an event tells, by name. Strings are outcomes (`busy`, `yes_no`), but for `text`."""

HIDDEN = "***"

_OUTCOME = re.compile(r"[ -~]{0,64}")
_REF = re.compile(r"[A-Z][A-Z0-9-]{1,23}|\d{4}")


def kept(kind: str, detail: Detail, *, words: bool) -> dict[str, Value]:
    """`detail` as it may be stored; `words` says whether the caller lets us keep them.

    A string that isn't a short ASCII outcome could be something that was said, so it becomes
    `***`; only `text` of a spoken event and the name in an audit line may be more.
    """
    found = {key: _value(kind, key, value) for key, value in detail.items()}
    if kind in SPOKEN and not words:
        found.pop("text", None)
    return found


def without_words(detail: Detail) -> dict[str, Value]:
    """What is left of a stored event when words must go."""
    return {key: value for key, value in detail.items() if key != "text"}


def _value(kind: str, key: str, value: Value) -> Value:
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return _number(value)
    if kind in SPOKEN and key == "text":
        return mask(value)
    if kind in AFTERWARDS and key == "by":
        return value
    if key == "ref" and _REF.fullmatch(value):
        return value  # looks like a number to `mask`
    return mask(value) if _OUTCOME.fullmatch(value) else HIDDEN


def _number(value: object) -> Value:
    """numpy's numbers, too; no NaN, which PostgreSQL's JSON doesn't know."""
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value) if math.isfinite(value) else None
    return HIDDEN
