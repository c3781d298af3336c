"""Works on the messages, whichever process received them."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.wechat.answering import Answering
from care.wechat import messages

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Worker:
    """One for the process."""

    answering: Answering
    done: Callable[[int], None]
    """Told the number of each message that is answered."""

    def one(self, owner: str) -> bool:
        """Answers one message, if there is one to answer."""
        answering = self.answering
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
        self.done(row.id)
        return True
