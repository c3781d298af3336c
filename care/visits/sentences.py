"""What is said to the people at the desk: `data/visits/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """One field a sentence."""

    file: ClassVar[str] = "visits/sentences.yml"
    places: ClassVar[Places] = {
        "other_month": {"first", "last"},
        "callback": {"found"},
        "callback_item": {"label", "finding", "said"},
        "contact": {"name", "tries"},
        "callback_put_off": {"days"},
        "alarm": {"tries"},
        "alarm_found": {"found"},
    }

    no_steward: str
    name_bad: str
    phone_bad: str
    region_bad: str
    no_visit: str
    already_done: str
    visitor_missing: str
    day_bad: str
    day_ahead: str
    other_month: str
    callback: str
    callback_item: str
    callback_not_them: str
    callback_put_off: str
    contact: str
    alarm: str
    alarm_found: str


class VisitError(ValueError):
    """Something about visits can't be done so; the text is a Chinese sentence for the desk."""

    def __init__(self, kind: str, /, **details: object) -> None:
        super().__init__(Sentences.say(kind, **details))
        self.kind = kind
