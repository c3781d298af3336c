"""Whether a further report is new trouble, or more of what somebody has in hand already.

A caller has one conversation for ever, and an alarm stays open until a person closes it: whoever
fell in the morning and was helped may fall again in the afternoon, and has to ring again.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.alarms.model import Alarm, AlarmEvent
from care.alarms.state import RAISED

PAUSE = timedelta(minutes=15)
"""Without a word. Our questions are answered within a minute or two; a talk that paused for longer
is over, as it is for a case (care.alarms.case.WINDOW)."""
LONGEST = timedelta(hours=1)
"""Of talk about one report. Whoever chats on all morning can fall again for all that."""
HELP = "help"
"""A bare cry: it says nothing of its own, and what it was for is the answer to our question."""


def is_another(session: Session, alarm: Alarm, category: str, severity: int, now: datetime) -> bool:
    """Whether an emergency has to be an alarm of its own beside the open `alarm` of its caller.

    What nobody has acknowledged yet rings already: everything joins it. Later only what is no
    graver, was told before and comes within the same talk does.
    """
    if alarm.state == RAISED:
        return False
    if is_over(session, alarm, now):
        return True
    talk = alarm.follow_up or {}  # a bot.emergency.state.FollowUp
    if category in talk.get("early", ()):  # the whole of an utterance that raised it already
        return False
    if severity < alarm.severity:
        return True
    told = {alarm.category, *talk.get("reported", ())} - {HELP}
    return bool(told) and category not in {*told, HELP}


def is_over(session: Session, alarm: Alarm, now: datetime) -> bool:
    """Whether the talk about an alarm has ended, as far as time tells."""
    reported = _last(session, alarm, "reported_again")
    spoken = _last(session, alarm, "reported_again", "said", "called_false")
    return now - spoken > PAUSE or now - reported > LONGEST


def _last(session: Session, alarm: Alarm, *kinds: str) -> datetime:
    """When one of these happened last, or else when it was raised."""
    mine = (AlarmEvent.alarm_id == alarm.id) & AlarmEvent.kind.in_(kinds)
    return session.scalar(select(func.max(AlarmEvent.at)).where(mine)) or alarm.raised_at
