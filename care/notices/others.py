"""Mail, and every other service that apprise knows."""

import logging
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from care.notices.channel import ChannelError, Message
from care.notices.settings import AppriseChannel, MailChannel

logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its lines hold addresses and bodies


class _Service(Protocol):
    def notify(self, **message: str) -> Any: ...


class Mail:
    """One mail server. The target is an address."""

    def __init__(self, settings: MailChannel) -> None:
        self._settings = settings
        self.limit = settings.limit

    def send(self, message: Message, target: str | None) -> None:
        """See `Channel`; the server has taken it, and says so for this one recipient."""
        if not target:
            raise ChannelError("no address", retry=False)
        _notify(_mail_url(self._settings, target), message)


class OtherService:
    """Any of apprise's services; who gets it is part of the address in the settings."""

    def __init__(self, settings: AppriseChannel) -> None:
        self._settings = settings
        self.limit = settings.limit

    def send(self, message: Message, target: str | None) -> None:
        """See `Channel`."""
        _notify(self._settings.url.get_secret_value(), message)


def _notify(url: str, message: Message) -> None:
    service = _open(url)
    if not service.notify(title=message.title, body=message.text, body_format="text"):
        raise ChannelError("not sent")


def _open(url: str) -> _Service:
    from apprise import Apprise  # noqa: PLC0415 - a quarter of a second that few commands need

    service: _Service | None = Apprise.instantiate(url, suppress_exceptions=True)
    if service is None:
        raise ChannelError("address is not understood", retry=False)
    return service


def _mail_url(settings: MailChannel, target: str) -> str:
    secret = settings.password.get_secret_value()
    who = f"{quote(settings.user, safe='')}:{quote(secret, safe='')}@" if settings.user else ""
    scheme = "mailto" if settings.security == "none" else "mailtos"
    mode = {} if settings.security == "none" else {"mode": settings.security}
    options = {
        "smtp": settings.server,
        "from": settings.sender,
        "to": target,
        "format": "text",
        "rto": f"{settings.limit}",
        "cto": f"{settings.limit}",
        **mode,
    }
    return f"{scheme}://{who}{settings.server}:{settings.port}/?{urlencode(options)}"
