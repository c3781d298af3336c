"""Names of people at the desk in the one form that is kept and compared."""

import re
import unicodedata

from care.operators.refused import RefusedError

_NAME = re.compile(r"[\w][\w.\-]{1,31}")
_LONGEST_SHOWN = 32


def sign_in_name(text: str) -> str:
    """As it is kept: full-width letters and capitals don't matter. Raises RefusedError."""
    name = plain_name(text)
    if not _NAME.fullmatch(name):
        raise RefusedError("name_bad")
    return name


def plain_name(text: str) -> str:
    """As `sign_in_name`, of anything that somebody typed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


def display_name(text: str) -> str:
    """A person's name as colleagues read it. Raises RefusedError."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 0 < len(name) <= _LONGEST_SHOWN or not name.isprintable():
        raise RefusedError("display_name_bad")
    return name
