"""What our side noted of each call, from its database, on the clock of the telephones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from care.alarms.model import Alarm
from care.calls.model import Call, CallEvent
from care.conversations.model import Conversation
from care.storage.engine import Sessions

_RINGS = 1.0
"""Seconds from dialling until the call is in the record, at most."""


@dataclass(frozen=True)
class Noted:
    """One event of a call."""

    at: float
    """Seconds of the clock."""
    kind: str
    detail: Mapping[str, object]


@dataclass(frozen=True)
class Timeline:
    """One call's."""

    started: float
    events: tuple[Noted, ...]
    raised: tuple[float, ...]
    """When its alarms say they were raised."""

    def of(self, kind: str, since: float, until: float) -> list[Noted]:
        """Events of a kind in that time."""
        return [each for each in self.events if each.kind == kind and since <= each.at < until]


def read_timelines(sessions: Sessions, clock: Callable[[datetime], float]) -> list[Timeline]:
    """All calls; `clock` tells what the clock of the telephones showed at a moment."""
    with sessions() as session:
        raised: dict[str, list[float]] = {}
        for alarm, sender in session.execute(
            select(Alarm.raised_at, Conversation.sender_id).join(
                Conversation, Alarm.conversation_id == Conversation.id
            )
        ):
            raised.setdefault(sender, []).append(clock(alarm))
        found = []
        for call in session.scalars(select(Call)):
            events = session.scalars(
                select(CallEvent).where(CallEvent.call_id == call.id).order_by(CallEvent.at)
            )
            found.append(
                Timeline(
                    clock(call.started_at),
                    tuple(Noted(clock(each.at), each.kind, each.detail) for each in events),
                    tuple(sorted(raised.get(f"call:{call.leg}", ()))),
                )
            )
        return found


def of_call(timelines: list[Timeline], dialled: float) -> Timeline | None:
    """The one of the call that was dialled then; calls are dialled more than a second apart."""
    near = [each for each in timelines if 0 <= each.started - dialled < _RINGS]
    return min(near, key=lambda each: each.started - dialled, default=None)
