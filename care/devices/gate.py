"""Lets a device's request in: signed with its key, of now, and never seen before."""

import re
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from care.clock import Clock
from care.devices.heard import hear
from care.devices.keys import DeviceKeys
from care.devices.kind import Kinds
from care.devices.model import Device, DeviceNonce
from care.devices.service import active
from care.devices.signature import Signed, is_signed
from care.storage.engine import Sessions

WINDOW = timedelta(minutes=5)
"""That a device's clock may be off, either way."""

KEPT = timedelta(days=2)
"""How long used nonces are kept: much longer than the window, so that a server's clock that is set
back doesn't let old requests in again."""

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_SECONDS = re.compile(r"[0-9]{9,11}")
_NOBODY = "A" * 32
"""Signed with for unknown devices, so that they take as long as known ones."""


class Refusal(str, Enum):
    """Why a request isn't let in; the values are names of sentences."""

    UNSIGNED = "unsigned"
    BAD_SIGNATURE = "bad_signature"
    STALE = "stale"
    REPLAYED = "replayed"


class RefusedError(PermissionError):
    """The request isn't let in."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


class Gate:
    """One for the process; the memory of used nonces is the database, shared by all of them."""

    def __init__(self, sessions: Sessions, keys: DeviceKeys, kinds: Kinds, clock: Clock) -> None:
        self._sessions, self._keys, self._clock = sessions, keys, clock
        self._kinds = kinds

    def admit(self, request: Signed) -> Device:
        """The device that sent it, which has now been heard. Raises RefusedError."""
        if not (_NONCE.fullmatch(request.nonce) and _SECONDS.fullmatch(request.timestamp)):
            raise RefusedError(Refusal.UNSIGNED)
        with self._sessions() as session:
            device = active(session, request.device)
        secret = self._keys.secret(device) if device else _NOBODY
        if not is_signed(secret, request) or device is None:
            raise RefusedError(Refusal.BAD_SIGNATURE)
        now = self._clock()
        # Only now: a stranger learns nothing of our clock.
        if abs(now.timestamp() - int(request.timestamp)) > WINDOW.total_seconds():
            raise RefusedError(Refusal.STALE)
        self._use(device, request.nonce, now)
        return device

    def _use(self, device: Device, nonce: str, now: datetime) -> None:
        try:
            with self._sessions.begin() as session:
                session.execute(
                    insert(DeviceNonce).values(device_id=device.id, nonce=nonce, at=now)
                )
                hear(session, device, self._kinds, now)
        except IntegrityError as error:
            raise RefusedError(Refusal.REPLAYED) from error


def forget_nonces(sessions: Sessions, now: datetime) -> int:
    """Deletes nonces that no request in the window could carry any more; how many."""
    old = select(DeviceNonce.id).where(DeviceNonce.at < now - KEPT).limit(10_000)
    with sessions.begin() as session:
        found = list(session.scalars(old))
        session.execute(delete(DeviceNonce).where(DeviceNonce.id.in_(found)))
    return len(found)
