"""What a notice says: no more of an elder than its reader needs."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from care.alarms.ladder import Ladder, Wording
from care.alarms.model import Alarm, AlarmOutgoing
from care.alarms.words import Words, spell_seconds
from care.elders.contact import contacts
from care.elders.service import by_phone
from care.notices.port import Audience, Notice


@dataclass(frozen=True)
class Writer:
    """From a row of the outbox to a notice."""

    ladder: Ladder
    words: Words

    def write(self, session: Session, row: AlarmOutgoing, alarm: Alarm) -> Notice | None:
        """None when the alarm has moved on since, or the file has no words for the audience."""
        rung, wording = self.ladder.rung(row.rung), self.ladder.wording(row.audience)
        if wording is None or (rung is not None and rung.state != alarm.state):
            return None
        why = rung.why.format(waited=spell_seconds(rung.after)) if rung else ""
        known = {
            "ref": alarm.ref,
            "category": self.words.category(alarm.category),
            "place": alarm.place or self.words.unknown_place,
            "person": alarm.person or self.words.unknown_person,
            "why": why,
        }
        return _notice(row, alarm, wording, known, _phones(session, row, alarm))


def _notice(
    row: AlarmOutgoing,
    alarm: Alarm,
    wording: Wording,
    known: dict[str, str],
    phones: tuple[str, ...],
) -> Notice:
    return Notice(
        key=row.key,
        audience=Audience(row.audience),
        title=wording.title.format(**known),
        text=wording.text.format(**known),
        spoken=wording.spoken and wording.spoken.format(**known),
        phones=phones,
        alarm_ref=alarm.ref,
    )


def _phones(session: Session, row: AlarmOutgoing, alarm: Alarm) -> tuple[str, ...]:
    if row.audience != Audience.CONTACTS.value:
        return ()
    elders = [alarm.elder_id] if alarm.elder_id else []
    if not elders and alarm.phone:
        elders = [each.id for each in by_phone(session, alarm.phone)]
    their = (contact for elder in elders for contact in contacts(session, elder))
    return tuple(dict.fromkeys(each.phone for each in their if each.phone))
