"""养老服务电子码: what an elder shows, and a worker scans, to begin and end a service.

Twelve signs of 32 (60 random bits): who has it may only begin or end a service that was accepted
for this elder, and a lost card is made worthless by a new code.
"""

import io
import re
import secrets
from datetime import datetime

import segno
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.elders.event import note
from care.elders.model import MERGED, Elder
from care.elders.service import kept

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to be mistaken."""
_LENGTH = 12
_FORM = re.compile(f"[{_SIGNS}]{{{_LENGTH}}}")
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
PREFIX = "YL"
"""Begins what the picture holds, so that another picture isn't taken for one."""


def issue(session: Session, elder: Elder, *, by: str, now: datetime) -> str:
    """A new code; the one before is worthless from now on."""
    elder.service_code = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    note(session, elder.id, "code", by=by, now=now, after="issued")
    return elder.service_code


def revoke(session: Session, elder: Elder, *, by: str, now: datetime) -> None:
    """The code is worthless from now on; without one nothing happens."""
    if elder.service_code is not None:
        elder.service_code = None
        note(session, elder.id, "code", by=by, now=now, after="revoked")


def by_code(session: Session, scanned: str) -> Elder | None:
    """Whose code this is, scanned or typed in."""
    found = normal(scanned)
    if found is None:
        return None
    elder = session.scalar(select(Elder).where(Elder.service_code == found))
    return kept(session, elder) if elder is not None and elder.state != MERGED else None


def normal(scanned: str) -> str | None:
    """The twelve signs of what was scanned or typed in; None for something else."""
    signs = re.sub(r"[\s\-]", "", scanned).upper().removeprefix(PREFIX + ":")
    meant = signs.translate(_MEANT)
    return meant if _FORM.fullmatch(meant) else None


def shown(service_code: str) -> str:
    """In groups of four, to be read and typed."""
    return "-".join(service_code[at : at + 4] for at in range(0, _LENGTH, 4))


def picture(service_code: str, kind: str, *, scale: int = 8) -> bytes:
    """The QR code as `svg` or `png`; error correction Q, for a card that is worn and folded."""
    out = io.BytesIO()
    made = segno.make_qr(f"{PREFIX}:{service_code}", error="q")
    if kind == "svg":
        made.save(
            out, kind="svg", scale=scale, border=4, xmldecl=False, svgclass=None, lineclass=None
        )
    else:
        made.save(out, kind="png", scale=scale, border=4)
    return out.getvalue()
