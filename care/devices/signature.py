"""What a device signs, and whether it did: HMAC-SHA256 (RFC 2104) over the whole request."""

import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True)
class Signed:
    """A request as it came, before anything of it is believed."""

    device: str
    timestamp: str
    """Seconds since 1970."""
    nonce: str
    signature: str
    """Hex."""
    method: str
    path: str
    body: bytes


def to_be_signed(request: Signed) -> bytes:
    """Method, path, timestamp, nonce and the SHA-256 of the body in hex, a line each.

    The body goes in as its digest, so that no body can be read as another line.
    """
    digest = hashlib.sha256(request.body).hexdigest()
    lines = (request.method, request.path, request.timestamp, request.nonce, digest)
    return "\n".join(lines).encode()


def sign(secret: str, request: Signed) -> str:
    """The signature that belongs to it; the key is the secret's letters as they are shown."""
    return hmac.new(secret.encode(), to_be_signed(request), hashlib.sha256).hexdigest()


def is_signed(secret: str, request: Signed) -> bool:
    """Compares in constant time."""
    claimed = request.signature.lower().encode("utf-8", "replace")
    return hmac.compare_digest(sign(secret, request).encode(), claimed)
