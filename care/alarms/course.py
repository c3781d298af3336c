"""An alarm's events in words for people."""

from care.alarms.ladder import Ladder
from care.alarms.model import AlarmEvent
from care.alarms.words import Words, spell_seconds
from care.notices.port import Audience

_MAYBE = {audience.value for audience in Audience if audience.may_be_nobody}


def note_of(event: AlarmEvent, ladder: Ladder, words: Words) -> str:
    """What to show beside the event's name: codes of rungs and audiences are spelt out."""
    if event.kind == "escalated":
        rung = ladder.rung(event.note)
        if rung is None:
            return event.note
        # Who may be nobody shows by an event of their own, if they were told.
        there = (each for each in rung.tell if each not in _MAYBE)
        told = "、".join(words.audiences.get(each, each) for each in there)
        why = rung.why.format(waited=spell_seconds(rung.after))
        return f"{why}:{told}" if told else why
    if event.kind in {"told", "not_told"}:
        audience, _, count = event.note.partition(" ")
        return f"{words.audiences.get(audience, audience)} {count}"
    return event.note
