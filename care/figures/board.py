"""Everything that the wallboard tells of one period."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from care.alarms.figures import Figures as Alarms
from care.alarms.figures import figures as alarm_figures
from care.alarms.model import Alarm
from care.figures.orders import Orders, orders
from care.figures.period import Period
from care.figures.talks import Talks, count_by_step, talks
from care.figures.visits import Visits, visits
from care.figures.waits import Waits, waits


@dataclass(frozen=True)
class Board:
    """One period, as it stood at `at`."""

    period: Period
    at: datetime
    talks: Talks
    waits: Waits
    alarms: Alarms
    alarms_by_step: tuple[int, ...]
    orders: Orders
    visits: Visits

    @property
    def is_empty(self) -> bool:
        """Nobody called, wrote, raised an alarm, ordered anything, or was to be visited."""
        counts = (self.talks.calls, self.talks.calls_out, self.talks.chats)
        more = (self.orders.placed, self.orders.all_due, self.visits.done, self.visits.due)
        return not any((*counts, self.alarms.raised, *more))


def board(session: Session, period: Period, at: datetime) -> Board:
    """Reads a period; for half a year that takes a while, so give it a session that only reads."""
    return Board(
        period=period,
        at=at,
        talks=talks(session, period),
        waits=waits(session, period, at),
        alarms=alarm_figures(session, period.since, period.until, at),
        alarms_by_step=count_by_step(session, period, Alarm.raised_at),
        orders=orders(session, period),
        visits=visits(session, period),
    )
