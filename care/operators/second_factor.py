"""One-time codes from a person's own phone (TOTP, RFC 6238)."""

from datetime import datetime

import pyotp

from care.operators.model import Operator

ISSUER = "12349 坐席台"
STEP = 30
"""Seconds."""
_SLACK = 1
"""Steps that a phone's clock may be off, each way."""


def new_secret() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32()


def link(name: str, secret: str) -> str:
    """What the QR code holds: `otpauth://totp/…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The number of the 30-second step that `code` belongs to, if it fits around `now`."""
    digits = "".join(code.split())
    totp, step = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    for near in range(step - _SLACK, step + _SLACK + 1):
        if pyotp.utils.strings_equal(digits, totp.generate_otp(near)):
            return near
    return None


def use_code(operator: Operator, code: str, now: datetime) -> bool:
    """Whether the code opens; it does so once, and later ones only after it."""
    if not operator.totp_secret:  # none, or one whose key is gone
        return False
    step = step_of(operator.totp_secret, code, now)
    if step is None or (operator.totp_step is not None and step <= operator.totp_step):
        return False
    operator.totp_step = step
    return True
