"""One MESSAGE from its headers to its answer: who is it, is it SCAIP, what does it say."""

from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError

from care.devices.keys import DeviceKeyError, DeviceKeys
from care.devices.model import Device
from care.devices.service import active, by_controller
from care.storage.engine import Sessions
from voice.line.scaip.answering import Answering
from voice.line.scaip.digest import Credentials, Digest, credentials
from voice.line.scaip.message import CONTENT_TYPE, Reply, ScaipError, parse
from voice.line.scaip.sip import Headers, SipMessage

_TYPES = frozenset({CONTENT_TYPE, "application/xml", "text/xml"})
_NOBODY = "A" * 32
"""Compared with for unknown users, so that they take as long as known ones."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Treated:
    """How a MESSAGE is answered; `reply` where there is something to say in SCAIP."""

    status: int
    reason: str
    headers: Headers = ()
    reply: Reply | None = None


class Treating:
    """One for the process; blocks, so it runs in threads."""

    def __init__(
        self, answering: Answering, sessions: Sessions, keys: DeviceKeys, digest: Digest | None
    ) -> None:
        """Without a digest nobody is asked for a password."""
        self._answering, self._sessions = answering, sessions
        self._keys, self._digest = keys, digest

    def treat(self, message: SipMessage) -> Treated:
        """Raises nothing: what can't be kept is answered 503, and the unit tries again."""
        try:
            return self._treat(message)
        except (SQLAlchemyError, DeviceKeyError):
            log.exception("a unit's message was not kept")
        except Exception:
            log.exception("a unit's message could not be worked on")
        return Treated(503, "Service Unavailable", (("Retry-After", "1"),))

    def _treat(self, message: SipMessage) -> Treated:
        sender: Device | None = None
        if self._digest is not None:
            found = self._proven(message, self._digest)
            if isinstance(found, Treated):
                return found
            sender = found
        kind = message.one("content-type").partition(";")[0].strip().lower()
        if kind not in _TYPES:
            return Treated(415, "Unsupported Media Type", (("Accept", CONTENT_TYPE),))
        try:
            request = parse(message.body)
        except ScaipError as error:
            log.warning("a unit's message can't be read", status=error.status.name)
            return Treated(200, "OK", reply=Reply(error.ref, error.status))
        return Treated(200, "OK", reply=self._answering.answer(request, sender))

    def _proven(self, message: SipMessage, digest: Digest) -> Device | Treated:
        found = credentials(message.one("authorization"))
        if found is None:
            return Treated(401, "Unauthorized", digest.challenges())
        if not digest.is_fresh(found):
            return Treated(401, "Unauthorized", digest.challenges(stale=True))
        device = self._claimed(found)
        password = self._keys.secret(device) if device else _NOBODY
        if not digest.matches(found, message.method, password) or device is None:
            log.warning("a unit's password is wrong")
            return Treated(403, "Forbidden")
        if not digest.is_first_use(found):
            return Treated(401, "Unauthorized", digest.challenges(stale=True))
        return device

    def _claimed(self, found: Credentials) -> Device | None:
        with self._sessions() as session:
            return active(session, found.user[:64]) or by_controller(session, found.user[:64])
