"""Follows what happens elsewhere and has to be told in WeChat: operators' words, alarms, orders."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain

import structlog

from bot.channels.wechat.news import Due, News
from bot.channels.wechat.sentences import Sentences
from care.changes.reader import Reader
from care.clock import Clock
from care.storage.engine import Sessions
from care.storage.readable import Readable
from care.wechat import messages, outbox

EVERY = 0.3
"""Seconds between two looks."""
_TIDY = 2.0
"""Seconds between two looks for answers that nobody fetched."""
_FORGET = 600.0
_NEWS = {
    "conversation": News.operators,
    "alarm": News.alarms,
    "order": News.orders,
    "visit": News.visits,
}
"""By the topic of a change."""
log = structlog.get_logger(__name__)


@dataclass
class Following(Readable):
    """One for the process; several may run: what one has put into the outbox no other puts."""

    sessions: Sessions
    says: Sentences
    clock: Clock
    put: Callable[[], None]
    """Told when there may be something in the outbox."""
    _stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._reader = Reader(self.reading)
        self._thread = threading.Thread(target=self._run, name="wechat-follows", daemon=True)

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Waits for the look that is being taken."""
        self._stopped.set()
        self._thread.join()

    def look(self) -> None:
        """Puts what is new into the outbox."""
        changed = self._reader.read(time.monotonic())
        if changed is not None and not changed:
            return
        keys: dict[str, set[int]] | None = None if changed is None else {}
        for topic, key in changed or ():
            if keys is not None and topic in _NEWS and key.isdecimal():
                keys.setdefault(topic, set()).add(int(key))
        new = self._new(keys)
        if new:
            with self.sessions.begin() as session:
                for words, at in new:
                    outbox.put(session, words, at)
            self.put()

    def _new(self, keys: dict[str, set[int]] | None) -> list[Due]:
        """What isn't in the outbox yet, by the changes' numbers; None: whatever may have
        changed."""
        topics = _NEWS if keys is None else keys
        with self.reading() as session:
            news = News(session, self.says, self.clock())
            due = list(
                chain.from_iterable(
                    _NEWS[topic](news, None if keys is None else keys[topic]) for topic in topics
                )
            )
            known = outbox.known(session, [words.key for words, _ in due])
        return [(words, at) for words, at in due if words.key not in known]

    def tidy(self) -> None:
        """Answers that nobody fetched go out as messages of their own."""
        with self.reading() as session:
            if not messages.is_any_unfetched(session, self.clock()):
                return
        with self.sessions.begin() as session:
            left = messages.leave_old_to_service(session, self.clock())
        if left:
            self.put()

    def forget(self) -> None:
        """What can't come again is deleted."""
        with self.sessions.begin() as session:
            messages.forget_old(session, self.clock())
            outbox.forget_old(session, self.clock())

    def _run(self) -> None:
        tidied = forgotten = time.monotonic()
        while not self._stopped.wait(EVERY):
            try:
                self.look()
                if time.monotonic() - tidied > _TIDY:
                    tidied = time.monotonic()
                    self.tidy()
                if time.monotonic() - forgotten > _FORGET:
                    forgotten = time.monotonic()
                    self.forget()
            except Exception as error:  # whatever it is: the next look may find the database there
                log.warning("WeChat doesn't follow", error=type(error).__name__)
                self._reader = Reader(self.reading)  # which begins with a look at everything
                self._stopped.wait(_TIDY)
