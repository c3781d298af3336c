"""What one process asks of another, signed: by this installation, for that process, now, and once.

    base64url( key id 8 | HMAC-SHA256 32 | JSON )

The whole request is in it: call, operator and step can't be taken for another. The key comes from
the secret file of the sealed columns, which all processes of an installation have, by HKDF-SHA256
under a name of its own.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable

import structlog
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, ConfigDict, ValidationError

from care.calls.keys import ID_BYTES, Key, Keyring
from care.clock import Clock
from care.storage.seal import SealError
from hotline.peers.asked import Asked

LASTS = 10.0
"""Seconds that a ticket is good, and that the clocks of two machines may differ."""
LONGEST = 2_048
"""Characters."""
_REMEMBERED = 10_000
"""Tickets that were used: far more than come in LASTS, so that a clock may be set back, too."""
_HEAD = ID_BYTES + hashlib.sha256().digest_size

log = structlog.get_logger(__name__)


class TicketError(PermissionError):
    """Not from this installation, not for this process, not of now, or used before."""


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    to: str
    """Whose it is: see `care.settings.Settings.peer`."""
    at: float
    """Seconds since 1970."""
    once: str
    asked: Asked


class Tickets:
    """One process's; from any thread."""

    def __init__(self, keys: Callable[[], Keyring], own: str, clock: Clock) -> None:
        """`own`: where others reach this process. `keys` may raise SealError."""
        self._keys, self._own, self._clock = keys, own, clock
        self._used: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def write(self, to: str, asked: Asked) -> str:
        """For the process that is reached at `to`. Raises SealError."""
        key, now = self._keys().current, self._clock().timestamp()
        content = _Content(to=to, at=now, once=secrets.token_hex(16), asked=asked)
        body = content.model_dump_json().encode()
        return base64.urlsafe_b64encode(key.id + _signature(key, body) + body).decode()

    def read(self, ticket: str) -> Asked:
        """What is asked of this process. Raises TicketError."""
        content = self._signed(ticket)
        if content.to != self._own:
            raise TicketError("for another process")
        if abs(self._clock().timestamp() - content.at) > LASTS:
            # The one thing that an installation can have wrong without anybody's ill will.
            log.warning("a ticket is not of now: do the clocks of the machines agree?")
            raise TicketError("not of now")
        with self._lock:
            if content.once in self._used:
                raise TicketError("used before")
            self._used[content.once] = None
            while len(self._used) > _REMEMBERED:
                self._used.popitem(last=False)
        return content.asked

    def _signed(self, ticket: str) -> _Content:
        if len(ticket) > LONGEST:
            raise TicketError("too long")
        try:
            octets = base64.b64decode(ticket.encode(), altchars=b"-_", validate=True)
            key = self._keys().find(octets[:ID_BYTES])
        except (binascii.Error, ValueError, SealError) as error:
            raise TicketError("not readable") from error
        head, body = octets[:_HEAD], octets[_HEAD:]
        if key is None or not hmac.compare_digest(head[ID_BYTES:], _signature(key, body)):
            raise TicketError("not signed by this installation")
        try:
            return _Content.model_validate_json(body)
        except ValidationError as error:  # of another version of the hotline
            raise TicketError("not understood") from error


def _signature(key: Key, body: bytes) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"12349 peers")
    return hmac.new(derive.derive(key.secret), body, hashlib.sha256).digest()
