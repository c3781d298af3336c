"""Short messages through any gateway that takes plain HTTP; the settings say how it wants them."""

from typing import Any

import httpx

from care.notices.channel import ChannelError, Message
from care.notices.posting import Answer, post
from care.notices.settings import SmsChannel


class Sms:
    """One gateway. The target is a telephone number."""

    def __init__(self, settings: SmsChannel) -> None:
        self._settings = settings
        self.limit = settings.limit

    def send(self, message: Message, target: str | None) -> None:
        """See `Channel`."""
        if not target:
            raise ChannelError("no number", retry=False)
        self._check(post(self._request(message, target), self._settings.limit))

    def _request(self, message: Message, number: str) -> httpx.Request:
        settings = self._settings
        said = {
            "number": number,
            "title": message.title,
            "text": message.text,
            "ref": message.alarm_ref or "",
            "key": message.key,
        }
        # The fields' names come from the settings, where they were checked; values are data.
        fields = {name: _filled(value, said) for name, value in settings.fields.items()}
        headers = {name: value.get_secret_value() for name, value in settings.headers.items()}
        secret = {name: value.get_secret_value() for name, value in settings.secret_fields.items()}
        content: dict[str, Any] = {settings.body: fields | secret}
        if settings.body == "query":
            content = {"params": fields | secret}
        elif settings.body == "form":
            content = {"data": fields | secret}
        return httpx.Request(settings.method, str(settings.url), headers=headers, **content)

    def _check(self, answer: Answer) -> None:
        """Gateways say no with HTTP 200, too: what a yes looks like is in the settings."""
        if not self._settings.accepted:
            return
        found: Any = answer.json()
        for step in self._settings.accepted.field.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        if isinstance(found, bool) or str(found) not in self._settings.accepted.values:
            code = str(found) if isinstance(found, int) else "without a code"
            raise ChannelError(f"refused {code}")


def _filled(template: str, said: dict[str, str]) -> str:
    return template.format_map(said)
