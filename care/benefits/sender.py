"""Takes notices out of the outbox for one channel, one after the other."""

from dataclasses import dataclass

import structlog

from care.benefits import telling
from care.benefits.channel import Channel, Teller
from care.clock import Clock
from care.storage.engine import Sessions

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Sender:
    """One channel of one process."""

    channel: Channel
    teller: Teller
    sessions: Sessions
    clock: Clock
    owner: str
    """A name that no other process has, nor this one after a restart."""

    def send_one(self) -> bool:
        """Whether there was one to send; blocks until it is told or given up."""
        with self.sessions.begin() as session:
            outgoing = telling.claim(session, self.channel.value, self.owner, self.clock())
        if outgoing is None:
            return False
        try:
            reached = self.teller.tell(
                outgoing.key, outgoing.elder_id, outgoing.text, outgoing.spoken
            )
        except Exception as error:  # whatever it is: the operator is told that nobody was reached
            log.warning(
                "an elder was not told", channel=self.channel.value, error=type(error).__name__
            )
            reached = False
        with self.sessions.begin() as session:
            telling.ended(session, outgoing, self.owner, reached, self.clock())
        return True
