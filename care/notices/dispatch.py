"""Sends a notice to everybody of its audience, each through the first route that works."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import structlog

from care.clock import Clock
from care.notices import receipts
from care.notices.channel import Channel, ChannelError, Message
from care.notices.port import Audience, Notice, Receipt
from care.notices.recipient import Recipient, Route, contacts
from care.notices.settings import NoticeSettings
from care.notices.within import at_once, within
from care.storage.engine import Sessions

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Pace:
    """Time that passes while we wait; a test's own."""

    wait: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic


@dataclass(frozen=True)
class Tried:
    """What came of one route, for `hotline notices test`."""

    recipient: str
    route: Route
    error: str | None


class Dispatch:
    """Implements `Notifier`. One for the process; used from any thread."""

    def __init__(
        self,
        settings: NoticeSettings,
        channels: Mapping[str, Channel],
        sessions: Sessions,
        clock: Clock,
        pace: Pace | None = None,
    ) -> None:
        """`channels` by the names that the settings give them (`care.notices.channels`)."""
        self._settings, self._channels = settings, channels
        self._sessions, self._clock, self._pace = sessions, clock, pace or Pace()

    def send(self, notice: Notice) -> Receipt:
        """See `Notifier`."""
        recipients = self._recipients(notice)
        if not recipients:
            if not notice.audience.may_be_nobody:
                log.warning("nobody is configured for a notice", audience=notice.audience.value)
            return Receipt(0, 0)
        told = at_once([partial(self._tell, notice, recipient) for recipient in recipients])
        return Receipt(reached=told.count(True), missed=told.count(False))

    def probe(self, notice: Notice) -> list[Tried]:
        """Tries every route of every recipient once, whether or not another one worked."""
        return [
            Tried(recipient.name, route, self._attempt(notice, recipient, route, 1)[0])
            for recipient in self._settings.recipients
            for route in recipient.routes
        ]

    def _recipients(self, notice: Notice) -> list[Recipient]:
        if notice.audience is Audience.CONTACTS:
            return contacts(notice, self._settings.contact_routes)
        return [each for each in self._settings.recipients if each.audience is notice.audience]

    def _tell(self, notice: Notice, recipient: Recipient) -> bool:
        """Through the next route at once when one fails; only then again from the first."""
        if receipts.is_told(self._sessions, notice, recipient):
            return True
        began, routes = self._pace.monotonic(), list(recipient.routes)
        for attempt in range(1, self._settings.attempts + 1):
            for route in tuple(routes):
                if attempt > 1 and self._pace.monotonic() - began >= self._settings.patience:
                    return self._missed(recipient)
                error, again = self._attempt(notice, recipient, route, attempt)
                if error is None:
                    return True
                if not again:
                    routes.remove(route)
            if not routes or attempt == self._settings.attempts:
                break
            self._pace.wait(self._settings.back_off * 2 ** (attempt - 1))
        return self._missed(recipient)

    def _attempt(
        self, notice: Notice, recipient: Recipient, route: Route, attempt: int
    ) -> tuple[str | None, bool]:
        """The error, if any, and whether it may work later."""
        error, again = self._try(notice, route)
        receipts.keep(
            self._sessions, notice, recipient, route,
            attempt=attempt, error=error, now=self._clock(),
        )  # fmt: skip
        if error:
            log.warning("a notice did not get through", channel=route.channel, error=error)
        return error, again

    def _try(self, notice: Notice, route: Route) -> tuple[str | None, bool]:
        channel = self._channels[route.channel]
        message = Message(
            title=notice.title,
            text=notice.text,
            spoken=notice.spoken or notice.text,
            key=notice.key,
            alarm_ref=notice.alarm_ref,
        )
        try:
            within(channel.limit, lambda: channel.send(message, route.target))
        except ChannelError as error:
            return error.reason, error.retry
        except Exception as error:
            # A fault of ours in one channel must not keep the notice from the next.
            log.exception("a channel failed", channel=route.channel)
            return f"fault {type(error).__name__}"[:64], False
        return None, False

    def _missed(self, recipient: Recipient) -> bool:
        log.error("no route reached a recipient", audience=recipient.audience.value)
        return False
