"""What a booking takes from the record of whoever calls: asked once, and put right by a word."""

import re
from typing import Any

from actions.forms import own_words
from actions.outcome import Line, line
from actions.record import Record, meant
from actions.turn import Turn

HOME, ELSEWHERE = "home", "elsewhere"
OTHER = "other"
"""They order for somebody whose record isn't theirs to use."""

_HOME = re.compile(r"家里?|屋里|这儿|这里|老地方|老样子|一样|照旧")
_NOTHING_BUT_HOME = re.compile(r"我?们?家(里|中)?|屋里")
_NOT_HOME = re.compile(r"不(是|在|送|来|去|用)|别|换")
_REFUSAL = re.compile(r"^(不(是|在|用|要)?|别)[,，]?(送|来)?(到)?(我?家里?)?[,，]?")


def answer(turn: Turn, values: dict[str, Any], found: list[Record]) -> dict[str, Any]:
    """What the answer to one of the two questions of this file fills."""
    if turn.requested == "for_whom":
        return _whom(turn, values, found)
    if turn.requested == "at_home":
        return _where(turn, values, meant(found, turn.slots.get("person_name")))
    return {}


def fill(slots: dict[str, Any], values: dict[str, Any], found: list[Record]) -> dict[str, Any]:
    """What follows from the record for slots that nobody has filled.

    `slots` as they were; `values` are new. With another name, what came from the record that was
    meant before is forgotten.
    """
    before = meant(found, slots.get("person_name")) if slots.get("person_name") else None
    now = slots | values
    record = meant(found, now.get("person_name"))
    filled: dict[str, Any] = {}
    if before is not None and record is not before:
        taken = {"phone": before.phone, "place": before.place, "diet": before.diet}
        filled = {
            slot: None
            for slot, value in taken.items()
            if value is not None and slots.get(slot) == value and slot not in values
        }
        now |= filled
    if record is None:
        return filled
    told = {"person_name": record.name, "phone": record.phone, "diet": record.diet}
    return filled | {slot: value for slot, value in told.items() if value and not now.get(slot)}


def is_asked(slot: str, slots: dict[str, Any], found: list[Record]) -> bool:
    """Whether a question of this file has to be asked; every other slot is."""
    if slot == "for_whom":
        return len(found) > 1 and not slots.get("person_name")
    if slot == "at_home":
        record = meant(found, slots.get("person_name"))
        return record is not None and record.place is not None and not slots.get("place")
    return True


def question(form: str, slot: str | None, slots: dict[str, Any], found: list[Record]) -> list[Line]:
    """The questions that need the record's words."""
    if slot == "for_whom":
        return [line("utter_for_whom", names="、".join(each.name for each in found))]
    record = meant(found, slots.get("person_name")) if slot == "at_home" else None
    if record is None or record.place is None:
        return []
    whose = "" if record.is_self else record.name
    return [line(f"utter_at_home_{form}", whose=whose, place=record.place)]


def told(slots: dict[str, Any], found: list[Record]) -> dict[str, Any]:
    """The slots as they are read back: the number that is on record isn't read out."""
    record = meant(found, slots.get("person_name"))
    is_known = record is not None and record.phone == slots.get("phone")
    return slots | {"phone": None} if is_known else slots


def _whom(turn: Turn, values: dict[str, Any], found: list[Record]) -> dict[str, Any]:
    named = [each for each in found if each.is_named_in(turn.text)]
    if len(named) == 1:
        return {"person_name": named[0].name}
    return {"for_whom": OTHER} if turn.says_no or values.get("person_name") else {}


def _where(turn: Turn, values: dict[str, Any], record: Record | None) -> dict[str, Any]:
    said = values.get("place")
    if record is not None and said and _NOTHING_BUT_HOME.fullmatch(said):
        return {"at_home": HOME, "place": record.place}
    if record is None or said:
        return {"at_home": ELSEWHERE} if said else {}
    other = values.get("person_name")
    elsewhere = own_words.place(_REFUSAL.sub("", turn.text.strip(" ,.!?")))
    if elsewhere and not turn.says_yes and not _HOME.search(elsewhere):
        return {"at_home": ELSEWHERE, "place": elsewhere}
    if turn.says_no or _NOT_HOME.search(turn.text) or (other and not record.is_called(other)):
        return {"at_home": ELSEWHERE}
    if turn.says_yes or _HOME.search(turn.text):
        return {"at_home": HOME, "place": record.place}
    return {}
