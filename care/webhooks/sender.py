"""Sends what waits for webhooks, one message after the other."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from care.clock import Clock
from care.storage.engine import Sessions
from care.storage.readable import Readable
from care.webhooks import outbox
from care.webhooks.outbox import Parcel
from care.webhooks.posting import Answer, NoAnswerError, post
from care.webhooks.settings import WebhookSettings
from care.webhooks.signature import SecretError, signed

_GONE = 410
_BUSY = frozenset({429, 503})
"""It asks for rest (RFC 6585, RFC 9110)."""

log = structlog.get_logger(__name__)


@dataclass
class Sender(Readable):
    """One for the process; several processes share one outbox."""

    sessions: Sessions
    settings: WebhookSettings
    clock: Clock
    chance: Callable[[], float] = random.random

    def one(self, owner: str) -> bool:
        """Sends one message, if there is one to send."""
        with self.reading() as session:
            if not outbox.is_due(session, self.clock()):
                return False
        with self.sessions.begin() as session:
            parcel = outbox.take(session, owner, self.clock())
        if parcel is None:
            return False
        try:
            answer = self._post(parcel)
        except (NoAnswerError, SecretError) as error:
            told = error.reason if isinstance(error, NoAnswerError) else "no secret"
            self._missed(parcel, owner, told, Answer(0))
            return True
        told = f"http {answer.status}"
        if 200 <= answer.status < 300:
            with self.sessions.begin() as session:
                outbox.sent(session, parcel, owner, told, self.clock())
        elif answer.status == _GONE:
            with self.sessions.begin() as session:
                outbox.gone(session, parcel, owner, told, self.clock())
        else:
            self._missed(parcel, owner, told, answer)
        return True

    def _post(self, parcel: Parcel) -> Answer:
        at = int(self.clock().timestamp())
        headers = signed(parcel.secrets, parcel.message, at, parcel.body)
        return post(
            parcel.url,
            headers,
            parcel.body,
            allowed=self.settings.networks,
            seconds=self.settings.timeout,
        )

    def _missed(self, parcel: Parcel, owner: str, told: str, answer: Answer) -> None:
        log.warning("a webhook did not take a message", answer=told, attempt=parcel.attempt)
        wait = outbox.pause(parcel.attempt, self.chance())
        wait = max(wait, timedelta(seconds=answer.retry_after))
        rests = not answer.status or answer.status in _BUSY
        with self.sessions.begin() as session:
            outbox.missed(session, parcel, owner, told, self.clock(), wait=wait, rests=rests)
