"""Standard Webhooks: HMAC-SHA256 of id, moment and body, so that a receiver knows who sent it.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
_OCTETS = 32
"""Of a secret; the standard asks for 24 to 64."""


class SecretError(ValueError):
    """A secret that nothing can be signed with."""


def new_secret() -> str:
    """As it is given to the receiver."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_OCTETS)).decode()


def signed(keys: Iterable[str], message: str, at: int, body: str) -> dict[str, str]:
    """The three headers, with a signature of each secret. `at`: seconds since 1970, of this
    attempt. Raises SecretError."""
    content = f"{message}.{at}.{body}".encode()
    return {
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(_signature(each, content) for each in keys),
    }


def _signature(secret: str, content: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError as error:
        raise SecretError("the secret is not base64") from error
    if not key:
        raise SecretError("the secret is empty")
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
