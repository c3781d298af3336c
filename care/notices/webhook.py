"""A web hook: the notice as JSON, signed, for whatever system a city has."""

import hashlib
import hmac
import json

import httpx

from care.clock import Clock
from care.notices.channel import Message
from care.notices.posting import post
from care.notices.settings import WebhookChannel


class Webhook:
    """One address. With a secret, `X-Signature` is the hex HMAC-SHA256 of `timestamp.body`."""

    def __init__(self, settings: WebhookChannel, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self.limit = settings.limit

    def send(self, message: Message, target: str | None) -> None:
        """See `Channel`."""
        body = json.dumps(
            {
                "key": message.key,
                "alarm": message.alarm_ref,
                "title": message.title,
                "text": message.text,
                "to": target,
            },
            ensure_ascii=False,
        ).encode()
        headers = {"Content-Type": "application/json"}
        if secret := self._settings.secret.get_secret_value():
            stamp = str(round(self._clock().timestamp()))
            signed = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
            headers |= {"X-Timestamp": stamp, "X-Signature": signed.hexdigest()}
        request = httpx.Request("POST", str(self._settings.url), content=body, headers=headers)
        post(request, self._settings.limit)
