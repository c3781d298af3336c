"""Threads that work on the messages, whichever process received them."""

import secrets
import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.wechat.answering import Answering
from care.wechat import messages

_IDLE = 1.0
"""Seconds until a worker looks by itself: for what another process left."""
_PAUSE = 0.5
log = structlog.get_logger(__name__)


class Workers:
    """`wake` when there is a message; `done` is told the number of each that is answered."""

    def __init__(self, answering: Answering, done: Callable[[int], None], count: int) -> None:
        """More than four would only wait for the dialogue engine, which has one core."""
        self._answering, self._done = answering, done
        self._owner = secrets.token_hex(8)
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"wechat-{number}", daemon=True)
            for number in range(count)
        ]

    def start(self) -> None:
        """Returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Waits for what is being worked on."""
        self._stopped.set()
        self.wake()
        for thread in self._threads:
            thread.join()

    def wake(self) -> None:
        """A message has come."""
        self._woken.set()

    def _run(self) -> None:
        owner = f"{self._owner}-{threading.get_ident() % 100_000}"
        while not self._stopped.is_set():
            try:
                self._woken.clear()  # before the look: what comes during it wakes again
                if not self._one(owner) and not self._stopped.is_set():
                    self._woken.wait(_IDLE)
            except Exception as error:  # whatever it is: the lease lets another try come
                log.warning("a message is not worked on", error=type(error).__name__)
                self._stopped.wait(_PAUSE)

    def _one(self, owner: str) -> bool:
        answering = self._answering
        row = answering.take(owner)
        if row is None:
            return False
        try:
            answering.answer(row, owner)
        except messages.LostError:
            log.info("another worker has the message")
        except SQLAlchemyError:
            raise
        except Exception:
            with answering.sessions.begin() as session:
                messages.give_up(session, row.id, owner, answering.clock())
            raise
        self._done(row.id)
        return True
