"""Alarms from one home within minutes are one case: a pendant, then a call, then the neighbour."""

import re
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from care.alarms.model import Alarm

WINDOW = timedelta(minutes=15)
"""Since the last alarm of the case; an alarm that is still open keeps its case open for longer."""
LONGEST = timedelta(hours=12)
"""An alarm that stays open doesn't gather what happens the next day."""
_NUMBER = re.compile(r"[0-9]+|[零〇一二三四五六七八九十百两]+")
"""A place with two of them has a house and a door; 家里 or 三号楼 are many homes."""


def case_of(session: Session, alarm: Alarm, now: datetime) -> str:
    """The case that an alarm without one joins; its own reference when it is the first of one."""
    same = _same_home(alarm)
    if not same:
        return alarm.ref
    recent = Alarm.raised_at.between(now - WINDOW, now + WINDOW)
    still_open = (Alarm.state != "closed") & Alarm.raised_at.between(now - LONGEST, now + LONGEST)
    query = select(Alarm.case_ref).where(or_(*same), or_(recent, still_open))
    query = query.where(Alarm.id != alarm.id)
    return session.scalar(query.order_by(Alarm.id.desc()).limit(1)) or alarm.ref


def others(session: Session, alarm: Alarm) -> list[Alarm]:
    """The further alarms of the case, oldest first."""
    query = select(Alarm).where(Alarm.case_ref == alarm.case_ref, Alarm.id != alarm.id)
    return list(session.scalars(query.order_by(Alarm.id)))


def _same_home(alarm: Alarm) -> list[ColumnElement[bool]]:
    """What says that two alarms come from one home, or from one caller."""
    columns = ("conversation_id", "phone", "elder_id", "controller", "device")
    known = [(getattr(Alarm, name), getattr(alarm, name)) for name in columns]
    same = [column == value for column, value in known if value]
    if alarm.place and len(_NUMBER.findall(alarm.place)) > 1:
        same.append(Alarm.place == alarm.place)
    return same
