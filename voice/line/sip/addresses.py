"""SIP addresses: the number in one, and the one that reaches a number (RFC 3261, RFC 3966)."""

import re

from voice.line.number import number_of
from voice.line.sip.settings import SipSettings

_USER = re.compile(r"<?\s*(?:sips?|tel):([^@;>?\s]*)", re.IGNORECASE)
_TARGET = re.compile(r"sips?:[A-Za-z0-9_.!~*'()&=+$,%-]+@[A-Za-z0-9.:\[\]-]+(?:;[A-Za-z0-9.=_-]+)*")


def number_in(address: str | None) -> str | None:
    """The telephone number in a header or an address; None where there is only a name.

    `"张三" <sip:+86-138-0013-8000@host;user=phone>` gives `+8613800138000`.
    """
    # What stands in quotes is a name that the caller chose, and may look like an address.
    found = _USER.search(re.sub(r'"(?:\\.|[^"\\])*"', "", address or ""))
    return number_of(found.group(1)) if found else None


def caller_number(
    from_: str | None, asserted: str | None = None, privacy: str | None = None
) -> str | None:
    """Who calls: what the carrier asserts (RFC 3325) before what the telephone says.

    None when the caller withholds it (RFC 3323), whatever the carrier knows.
    """
    wishes = {wish.strip().lower() for wish in (privacy or "").split(";")}
    if wishes & {"id", "user", "header"} or "anonymous.invalid" in (from_ or "").lower():
        return None
    return number_in(asserted) or number_in(from_)


def address_of(target: str, settings: SipSettings) -> str | None:
    """The SIP address that reaches a number or a SIP address; None when nothing can.

    Numbers go to the trunk, so without one they can't be reached.
    """
    target = target.strip()
    if _TARGET.fullmatch(target):
        return target
    number = number_of(target)
    if settings.trunk is None or number is None:
        return None
    transport = settings.trunk.transport
    return f"sip:{number}@{settings.trunk.server};transport={transport}"
